import { type Catalogue, type Language, addTexts, currentLanguage, setCatalogue } from './text'

/** How much of a catalogue is loaded: all of it, or what the popup's first screens say, which is a tenth. */
export type Extent = 'first' | 'all'

/** The language in force, once all its texts are there. */
let complete: Language | null = null

/** Loads the catalogue of `language`, else English, and puts it in force. For pages: a service worker cannot load chunks. */
export async function loadLanguage(language: Language, extent: Extent = 'all'): Promise<void> {
  try {
    setCatalogue(language, await catalogueOf(language, extent))
  } catch {
    // A page in another language is better than one without a word (REL-1).
    setCatalogue('en', await catalogueOf('en', extent))
  }
  complete = extent === 'all' ? currentLanguage() : null
}

/** Has the catalogue of `language` brought in case it is loaded next; what fails will fail then. */
export async function expectLanguage(language: Language, extent: Extent = 'all'): Promise<void> {
  await catalogueOf(language, extent).catch(() => undefined)
}

/** Loads what is not there yet of the language in force, else of English; whether that was anything. */
export async function loadRest(): Promise<boolean> {
  const language = currentLanguage()
  if (complete === language) return false
  const rest = await restOf(language).catch(() => restOf('en'))
  if (!addTexts(language, rest)) return false
  complete = language
  return true
}

async function catalogueOf(language: Language, extent: Extent): Promise<Catalogue> {
  if (extent === 'first') return firstOf(language)
  const [first, rest] = await Promise.all([firstOf(language), restOf(language)])
  return { ...first, ...rest }
}

// The build makes two chunks of each catalogue, so that a page loads of the one it shows what it needs.

async function firstOf(language: Language): Promise<Catalogue> {
  return load(
    import.meta.glob<Catalogue>('./_locales/*/messages.json', { query: '?first', import: 'default' }),
    language,
  )
}

async function restOf(language: Language): Promise<Catalogue> {
  return load(
    import.meta.glob<Catalogue>('./_locales/*/messages.json', { query: '?rest', import: 'default' }),
    language,
  )
}

async function load(parts: Readonly<Record<string, () => Promise<Catalogue>>>, language: Language): Promise<Catalogue> {
  const part = parts[`./_locales/${language}/messages.json`]
  if (!part) throw new Error(`no catalogue for ${language}`)
  return part()
}
