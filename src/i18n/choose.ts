import { setCatalogue, type Catalogue, type Language } from './text'

/** Each catalogue is its own chunk, so that a page loads the one it shows. */
const catalogues: Readonly<Record<Language, () => Promise<{ default: Catalogue }>>> = {
  en: () => import('./_locales/en/messages.json'),
  zh_CN: () => import('./_locales/zh_CN/messages.json'),
}

/** The languages there are, each by its own name. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', zh_CN: '简体中文' }

/** The first of `wishes` that we speak, exactly or in another variant; English otherwise. */
export function chooseLanguage(wishes: readonly (string | null)[]): Language {
  for (const wish of wishes) {
    const tag = wish?.toLowerCase().replace('_', '-') ?? ''
    if (/^zh\b/.test(tag)) return 'zh_CN'
    if (/^en\b/.test(tag)) return 'en'
  }
  return 'en'
}

/** Loads the catalogue of `language` and puts it in force. For pages: a service worker cannot load chunks. */
export async function loadLanguage(language: Language): Promise<void> {
  setCatalogue(language, (await catalogues[language]()).default)
}
