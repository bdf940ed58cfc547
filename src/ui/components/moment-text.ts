import { languageTag } from '../../i18n/text'

/** The month is named: in numbers alone a date reads differently here and there, and from the right it needs invisible marks. */
const DAY = { day: 'numeric', month: 'short', year: 'numeric' } as const

/** A moment in the user's language and time zone. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString(languageTag(), { ...DAY, hour: 'numeric', minute: '2-digit' })
}

/** The day alone. */
export function dayText(at: number): string {
  return new Date(at).toLocaleDateString(languageTag(), DAY)
}
