import type { Language } from './text'

/** The languages there are, each by its own name. */
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  ar: 'العربية',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  he: 'עברית',
  ja: '日本語',
  ko: '한국어',
  pt_BR: 'Português (Brasil)',
  ru: 'Русский',
  zh_CN: '简体中文',
  zh_TW: '繁體中文',
}

/** The first of `wishes` that we speak, exactly or in another variant; English otherwise. */
export function chooseLanguage(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const language = spoken(wish?.toLowerCase().replaceAll('_', '-').split('-') ?? [])
    if (language !== null) return language
  }
  return 'en'
}

/** What we speak of a tag's language, whatever its region. Browsers also know Hebrew by the name it had before. */
function spoken([primary = '', ...rest]: readonly string[]): Language | null {
  if (primary === 'zh') return isTraditional(rest) ? 'zh_TW' : 'zh_CN'
  if (primary === 'pt') return 'pt_BR'
  if (primary === 'iw') return 'he'
  return Object.hasOwn(languageNames, primary) ? (primary as Language) : null
}

/** Chinese is written in the traditional way where the tag says so, and in these regions unless it says otherwise. */
function isTraditional(subtags: readonly string[]): boolean {
  if (subtags.includes('hans')) return false
  return ['hant', 'tw', 'hk', 'mo'].some((subtag) => subtags.includes(subtag))
}
