import { setCatalogue, type Catalogue, type Language } from './text'

/** Loads the catalogue of `language`, else English, and puts it in force. For pages: a service worker cannot load chunks. */
export async function loadLanguage(language: Language): Promise<void> {
  try {
    setCatalogue(language, await catalogueOf(language))
  } catch {
    // A page in another language is better than one without a word (REL-1).
    setCatalogue('en', await catalogueOf('en'))
  }
}

/** Has the catalogue of `language` brought in case it is loaded next; what fails will fail then. */
export async function expectLanguage(language: Language): Promise<void> {
  await catalogueOf(language).catch(() => undefined)
}

/** Each catalogue is its own chunk, so that a page loads the one it shows. */
async function catalogueOf(language: Language): Promise<Catalogue> {
  const catalogues = import.meta.glob<Catalogue>('./_locales/*/messages.json', { import: 'default' })
  const load = catalogues[`./_locales/${language}/messages.json`]
  if (!load) throw new Error(`no catalogue for ${language}`)
  return load()
}
