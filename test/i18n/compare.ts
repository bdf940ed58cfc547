import { readFileSync } from 'node:fs'
import type { Language } from '../../src/i18n/text'

/** A catalogue as it stands in its file. */
export type Messages = Readonly<
  Record<string, { message: string; placeholders?: Readonly<Record<string, { content: string }>> }>
>

/** What a translator has still to look at. */
export interface Shortcoming {
  readonly key: string
  readonly kind: 'missing' | 'untranslated' | 'overlong'
  readonly message: string
}

/** Reads a language's catalogue. */
export function catalogueOf(language: Language): Messages {
  return JSON.parse(readFileSync(`src/i18n/_locales/${language}/messages.json`, 'utf8')) as Messages
}

/** Texts that are the same word, or no word at all, in these languages as in English. */
const SAME: Readonly<Partial<Record<Language, readonly string[]>>> = {
  de: ['snapshots_title', 'passphrase', 'passkeys', 'passkey_name', 'tags', 'optional', 'version', 'about_browser'],
  fr: ['options', 'site', 'sites', 'section_sites', 'sections', 'secret', 'type', 'note', 'licences', 'version'],
  pt_BR: ['site', 'sites', 'section_sites', 'last_backup', 'method_email'],
}
const SAME_IN_SEVERAL = [
  'demo_account',
  'export_format',
  'hours_choice',
  'method_email',
  'minutes_choice',
  'motp_pin',
  'seconds_short',
  'why_reason',
]

/** What is missing in a language, still English, or so much longer than the English that it may not fit. */
export function shortcomings(language: Language): readonly Shortcoming[] {
  const own = catalogueOf(language)
  return Object.entries(catalogueOf('en')).flatMap(([key, { message: english }]): Shortcoming[] => {
    const message = own[key]?.message
    if (message === undefined) return [{ key, kind: 'missing', message: english }]
    if (message === english && !maySoundAlike(language, key)) return [{ key, kind: 'untranslated', message }]
    return isOverlong(message, english) ? [{ key, kind: 'overlong', message }] : []
  })
}

function maySoundAlike(language: Language, key: string): boolean {
  return language === 'en' || SAME_IN_SEVERAL.includes(key) || (SAME[language] ?? []).includes(key)
}

/** Sentences wrap; it is the words on buttons and labels that have their place. */
function isOverlong(message: string, english: string): boolean {
  const room = width(english)
  return room <= 24 && width(message) > room * 2 + 8
}

/** In columns, of which the signs of Chinese, Japanese and Korean take two; of plural forms the last counts. */
function width(message: string): number {
  const forms = message.replace(/\{[A-Z_]+, plural, (?:[a-z]+ \{([^{}]*)\} ?)+\}/g, '$1')
  return [...forms].reduce(
    (sum, sign) => sum + (/[\u1100-\u11FF\u2E80-\uA4CF\uAC00-\uD7AF\uFF00-\uFFEF]/u.test(sign) ? 2 : 1),
    0,
  )
}
