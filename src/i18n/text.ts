import { AppError, type ErrorCode } from '../core/errors'
import type { LANGUAGES } from '../settings'
import type english from './_locales/en/messages.json'
import { shownText } from './shown-text'

type Messages = typeof english

/** Every text of the product, by the English catalogue. */
export type TextKey = keyof Messages

/** A catalogue, or a part of one, in the browsers' own format; every language has every key (a test). */
export type Catalogue = Readonly<Partial<Record<TextKey, { message: string }>>>

export type Language = Exclude<(typeof LANGUAGES)[number], 'auto'>

type Names<Key extends TextKey> = Messages[Key] extends { placeholders: infer Placeholders }
  ? keyof Placeholders
  : never

/** What the placeholders of a text need; nothing where it has none. */
export type TextParams<Key extends TextKey> = [Names<Key>] extends [never]
  ? []
  : [params: Readonly<Record<Names<Key>, string | number>>]

const inForce: { language: Language; catalogue: Catalogue | null } = { language: 'en', catalogue: null }

/** Puts a catalogue in force for this page or worker. */
export function setCatalogue(language: Language, catalogue: Catalogue): void {
  inForce.language = language
  inForce.catalogue = catalogue
}

/** Puts the texts that were not there yet of `language` in force; false where another one is by now. */
export function addTexts(language: Language, more: Catalogue): boolean {
  const { catalogue } = inForce
  if (inForce.language !== language || !catalogue) return false
  inForce.catalogue = { ...more, ...catalogue }
  return true
}

let noteReading = (_missing: boolean): void => undefined

/**
 * Has it be known whenever a text is made, so that what was drawn with it can be drawn anew: in another language, or because
 * the text was `missing` and has come.
 */
export function onTextRead(note: (missing: boolean) => void): void {
  noteReading = note
}

/** The text in the language in force. Before it is there it is empty, so that pages can be painted at once. */
export function text<Key extends TextKey>(key: Key, ...params: TextParams<Key>): string {
  return filled(key, params[0] ?? {})
}

/** What happened and what to do next, for any thrown value. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) return filled(errorKey('unexpected'), {})
  const { code, params } = error
  return filled(scannedKey(code, String(params['kind'])) ?? errorKey(code), params)
}

/** Of some kinds of what was scanned instead of an account there is more to say: what to do next differs. */
function scannedKey(code: ErrorCode, kind: string): TextKey | null {
  const key = `scanned_${kind.replaceAll('-', '_')}`
  const known = code === 'scan/not-an-authenticator-code' && Object.hasOwn(inForce.catalogue ?? {}, key)
  return known ? (key as TextKey) : null
}

/** The language in force. */
export function currentLanguage(): Language {
  return inForce.language
}

/** The same as a BCP 47 tag, for `lang` attributes and `Intl`. */
export function languageTag(): string {
  noteReading(false)
  return inForce.language.replace('_', '-')
}

/** The way the language in force is written. */
export function textDirection(): 'ltr' | 'rtl' {
  return inForce.language === 'ar' || inForce.language === 'he' ? 'rtl' : 'ltr'
}

/** The key of an error's text; a test sees to it that the catalogues hold one for every code. */
export function errorKey(code: ErrorCode): TextKey {
  return `error_${code.replace(/[/-]/g, '_')}` as TextKey
}

/** The one form of ICU's messages that the catalogues use: `{COUNT, plural, one {$COUNT$ file} other {$COUNT$ files}}`. */
const plurals = /\{([A-Z_]+), plural, ((?:[a-z]+ \{[^{}]*\} ?)+)\}/g

function filled(key: TextKey, params: Readonly<Record<string, string | number>>): string {
  const message = inForce.catalogue?.[key]?.message
  noteReading(message === undefined)
  return (message ?? '')
    .replace(plurals, (_whole, name: string, forms: string) => pluralForm(forms, Number(params[name.toLowerCase()])))
    .replace(/\$([A-Z_]+)\$/g, (whole, name: string) => shown(params[name.toLowerCase()] ?? whole))
}

function pluralForm(forms: string, count: number): string {
  const written = new Map([...forms.matchAll(/([a-z]+) \{([^{}]*)\}/g)].map(([, category, form]) => [category, form]))
  return written.get(new Intl.PluralRules(languageTag()).select(count)) ?? written.get('other') ?? ''
}

const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u

/** Names in our sentences come from sites, files and servers (INP-8). */
function shown(value: string | number): string {
  if (typeof value === 'number') return new Intl.NumberFormat(languageTag()).format(value)
  return textDirection() === 'rtl' || rightToLeft.test(value) ? isolated(shownText(value)) : shownText(value)
}

/** A name that runs the other way than the sentence, or may, must not carry the words beside it along. */
function isolated(name: string): string {
  return `\u{2068}${name}\u{2069}`
}
