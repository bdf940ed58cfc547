import { languageNames } from '../../src/i18n/choose'
import type { Language } from '../../src/i18n/text'
import { shortcomings } from '../i18n/compare'

/**
 * Reports what translators have still to do: texts that are missing, still English, or far longer than the English. Whether a
 * text is cut off on a screen is measured by `test/e2e/screens.test.ts`, in every language in the soak.
 */
let unfinished = 0
for (const language of Object.keys(languageNames) as Language[]) {
  const found = shortcomings(language)
  console.log(`${language}: ${found.length === 0 ? 'complete' : ''}`)
  for (const { key, kind, message } of found) console.log(`  ${kind} ${key}: ${message}`)
  unfinished += found.filter(({ kind }) => kind !== 'overlong').length
}
process.exitCode = unfinished === 0 ? 0 : 1
