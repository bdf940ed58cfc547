/** The text of `message` by code, English and Chinese; the language follows `x-authing-lang`. */
const MESSAGES: Readonly<Record<number, readonly [english: string, chinese: string]>> = {
  200: ['Success', '操作成功'],
  400: ['The request is not valid or the security code is wrong', '请求无效或安全码错误'],
  1000: ['The server is busy', '服务繁忙'],
  1001: ['Not permitted', '无权限'],
  1600: ['Login completed', '登录完成'],
  1635: ['Enter your security code', '请输入安全码'],
  1636: ['A second factor is required', '需要多因素认证'],
  1700: ['Face verification failed', '人脸验证失败'],
  2000: ['A captcha is needed', '请输入图形验证码'],
  2001: ['The verification code is wrong', '验证码错误'],
  2004: ['The user does not exist', '用户不存在'],
  2005: ['The account is locked', '账号已锁定'],
  2006: ['The password is wrong', '密码错误'],
  2016: ['The password could not be decrypted', '密码解密失败'],
  2020: ['Not logged in', '尚未登录'],
  2021: ['The login has expired, please start again', '登录已过期，请重新登录'],
  2057: ['Locked after too many failures', '失败次数过多，账号已锁定'],
  2058: ['The password has expired', '密码已过期'],
  2080: ['A code was sent less than a minute ago', '验证码发送过于频繁'],
  2300: ['The verification code has expired', '验证码已过期'],
  2333: ['Wrong account or password', '账号或密码错误'],
  6001: ['The security code is wrong', '安全码错误'],
  6002: ['The recovery code is wrong', '恢复代码错误'],
}

/** What a server would say for the code; `lang` is the value of `x-authing-lang`. */
export function messageFor(code: number, lang: string | null): string {
  const [english, chinese] = MESSAGES[code] ?? [`Failed with code ${code}`, `失败，代码 ${code}`]
  return lang === 'en-US' ? english : chinese
}
