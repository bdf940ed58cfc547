import { APPLICATIONS, POOL } from '../seed'
import { escapeHtml, htmlPage, type Language } from './page'

const ABOUT: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'demo-app': { 'en-US': 'asks bound users for their code', 'zh-CN': '已绑定的用户需要安全码' },
  'demo-app-mfa': { 'en-US': 'everybody must bind a TOTP', 'zh-CN': '所有用户必须绑定 TOTP' },
  'demo-app-factors': { 'en-US': 'SMS, email or TOTP', 'zh-CN': '短信、邮箱或 TOTP' },
}

const USERS: readonly (readonly [name: string, has: Readonly<Record<Language, string>>])[] = [
  ['alice', { 'en-US': 'no second factor', 'zh-CN': '无第二因素' }],
  ['bob', { 'en-US': 'no second factor', 'zh-CN': '无第二因素' }],
  ['carol', { 'en-US': 'TOTP bound', 'zh-CN': '已绑定 TOTP' }],
  ['dave', { 'en-US': 'phone and email', 'zh-CN': '手机和邮箱' }],
]

const TEXTS = {
  'en-US': {
    intro: 'A demo site and its MFA server, on this machine alone. Nothing here is real.',
    application: 'Application',
    asks: 'Second factor',
    pages: 'Sign in',
    widget: "Vendor's widget",
    boxes: 'Six boxes',
    users: 'Users',
    name: 'Account',
    password: 'Password',
    has: 'At the start',
    controls: 'Emulator controls',
    state: 'State',
    other: '中文',
  },
  'zh-CN': {
    intro: '演示网站及其 MFA 服务器，仅在本机运行，所有数据均为虚构。',
    application: '应用',
    asks: '第二因素',
    pages: '登录',
    widget: '官方登录组件',
    boxes: '六格输入',
    users: '用户',
    name: '账号',
    password: '密码',
    has: '初始状态',
    controls: '模拟器控制',
    state: '状态',
    other: 'English',
  },
} as const satisfies Record<Language, Record<string, string>>

/** `GET /`: what there is to try, and with which users. */
export function indexPage(lang: Language): string {
  const text = TEXTS[lang]
  const other: Language = lang === 'en-US' ? 'zh-CN' : 'en-US'
  const applications = APPLICATIONS.map(({ id }) => applicationRow(id, lang)).join('\n')
  const users = USERS.map(
    ([name, has]) => `<tr><td>${name}</td><td><code>${name}-Passw0rd</code></td><td>${has[lang]}</td></tr>`,
  )
  return htmlPage(
    lang,
    POOL.name,
    `<main class="wide">
<h1>${POOL.name}</h1>
<p>${text.intro}</p>
<table>
<thead><tr><th scope="col">${text.application}</th><th scope="col">${text.asks}</th><th scope="col">${text.pages}</th></tr></thead>
<tbody>
${applications}
</tbody>
</table>
<h2>${text.users}</h2>
<table>
<thead><tr><th scope="col">${text.name}</th><th scope="col">${text.password}</th><th scope="col">${text.has}</th></tr></thead>
<tbody>
${users.join('\n')}
</tbody>
</table>
<nav>
<a href="/__emulator">${text.controls}</a>
<a href="/__emulator/state">${text.state}</a>
<a href="/?lang=${other}" lang="${other}">${text.other}</a>
</nav>
</main>`,
  )
}

function applicationRow(id: string, lang: Language): string {
  const text = TEXTS[lang]
  const query = `?app=${encodeURIComponent(id)}&amp;lang=${lang}`
  const links = `<a href="/guard${query}">${text.widget}</a> <a href="/boxes${query}">${text.boxes}</a>`
  return `<tr><td><code>${escapeHtml(id)}</code></td><td>${ABOUT[id]?.[lang] ?? ''}</td><td class="links">${links}</td></tr>`
}
