import { showHints } from './hint'

// The native name: the polyfill would weigh more than all of this (trap 31). Unit tests load this file without a browser.
const { i18n, runtime } = globalThis.chrome ?? {}
const suggested = runtime?.getManifest().commands?.['fill-code']?.suggested_key
const keys = typeof suggested === 'string' ? suggested : (suggested?.default ?? '')

if (i18n) showHints(document, i18n.getMessage('hint_fill', [keys]))
