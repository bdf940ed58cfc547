import { done, type Answer } from './answers'
import { applicationById, type Call } from './call'
import { POOL } from './seed'

const PASSWORD_METHOD = 'username-password'

/** `GET /api/v2/applications/{appId}/public-config`: what the vendor's widget needs in order to start. */
export function publicConfig(call: Call): Answer {
  const application = applicationById(decodeURIComponent(call.path.split('/')[4] ?? ''))
  return done({
    id: application.id,
    identifier: application.id,
    name: POOL.name,
    userPoolId: POOL.id,
    publicKey: call.passwordKey.publicKey,
    cdnBase: '/cdn',
    oidcConfig: { redirect_uris: [] },
    loginTabs: { list: ['password'], default: 'password' },
    registerTabs: { list: [], default: 'email' },
    passwordTabConfig: {
      validLoginMethods: [PASSWORD_METHOD],
      enabledLoginMethods: [PASSWORD_METHOD],
      validRegisterMethods: [],
    },
    tabMethodsFields: [{ key: PASSWORD_METHOD, label: '用户名', labelEn: 'Username', i18n: {} }],
    qrcodeTabsSettings: {},
    ssoPageComponentDisplay: {
      autoRegisterThenLoginHintInfo: false,
      forgetPasswordBtn: false,
      registerBtn: false,
      userPasswordInput: true,
    },
  })
}

/** `GET /api/v2/applications/{appId}/components-public-config/guard`. */
export function componentsPublicConfig(): Answer {
  return done({ global: { defaultLanguage: 'zh-CN', showChangeLanguage: false } })
}
