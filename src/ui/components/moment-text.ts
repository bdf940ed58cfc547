import { languageTag } from '../../i18n/text'

/** A moment in the user's language and time zone. */
export function momentText(at: number): string {
  return new Date(at).toLocaleString(languageTag(), { dateStyle: 'medium', timeStyle: 'short' })
}

/** The day alone. */
export function dayText(at: number): string {
  return new Date(at).toLocaleDateString(languageTag(), { dateStyle: 'medium' })
}
