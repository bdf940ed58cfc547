import { textToBytes } from '../core/bytes'
import { entryName } from '../core/entry'
import type { ErrorCode } from '../core/errors'
import { formatOtpauthUri } from '../core/otpauth-uri'
import type { Format, ImportedEntry } from './format'
import { listOf, member, parseJson } from './json'
import { addressName, readAddress } from './otpauth'
import { beside } from './row-parts'
import { readRows, writeRows } from './rows'

/** In the page's text, or as the value of an attribute in either kind of quotes. */
const ADDRESS = /(?<=')(?:otpauth|steam|motp):\/\/[^\s'<>]+|\b(?:otpauth|steam|motp):\/\/[^\s"<>]+/gi

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", apos: "'" }

const STYLE = `
  body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem; color: #000; background: #fff }
  section { break-inside: avoid; display: flex; gap: 1.5rem; padding: 1rem 0; border-top: 1px solid #999 }
  svg { width: 11rem; height: 11rem; flex: none }
  h2 { margin: 0; font-size: 1.1rem }
  code { display: block; overflow-wrap: anywhere; font-size: 0.8rem }
  p { margin: 0.5rem 0; white-space: pre-wrap }`

/** An address of a page, and as JSON what our own pages say beside it. */
interface Row {
  readonly address: string
  readonly extras: string
}

/** A page to print: name, QR code and address of each account. Reads any page with addresses in its text, such as Stratum's. */
export const html: Format = {
  name: 'html',

  recognise: ({ text }) => text !== null && /^\s*<(!doctype html|html|table)/i.test(text) && text.search(ADDRESS) >= 0,

  async read({ text }) {
    const rows = ownRows(text ?? '') ?? addressesIn(text ?? '')
    return readRows(rows, readRow, ({ address }) => addressName(address))
  },

  async write(entries) {
    const { encode } = await import('uqr')
    const { rows, problems } = writeRows(entries, {
      write: (entry) => section(entry, (text) => encode(text, { ecc: 'M', border: 4 }).data),
      holds: { groups: 'all', sites: 'all', note: true, favourite: true },
    })
    return { bytes: textToBytes(page(rows)), problems }
  },
}

/** What our own page says of its accounts; null where the page is another's. */
function ownRows(text: string): Row[] | null {
  const [, ...sections] = text.split('<section data-beside="')
  if (sections.length === 0) return null
  return sections.flatMap((one) => {
    // The address alone counts: what else stands there is for people, and a note may hold anything.
    const [, extras = '', address] = /^([^"]*)".*?<code>([^<]*)<\/code>/s.exec(one) ?? []
    return address === undefined ? [] : [{ address: unescapeHtml(address), extras: unescapeHtml(extras) }]
  })
}

/** Every address on another's page, once: many show it and link to it as well. */
function addressesIn(text: string): Row[] {
  const found = new Set([...text.matchAll(ADDRESS)].map(([address]) => unescapeHtml(address)))
  return [...found].map((address) => ({ address, extras: '' }))
}

function readRow({ address, extras }: Row, _index: number, warn: (reason: ErrorCode) => void): ImportedEntry {
  const found = parseJson(extras)
  return {
    ...readAddress(address, warn),
    ...beside({
      groups: listOf(member(found, 'groups')),
      note: member(found, 'note'),
      favourite: member(found, 'favourite'),
      sites: listOf(member(found, 'sites')),
    }),
  }
}

function page(sections: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Latchkey: accounts</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>Latchkey: ${sections.length} accounts</h1>
<p>Whoever sees this page can make your codes. Keep it where you keep your passport.</p>
${sections.join('\n')}
</body>
</html>
`
}

function section(entry: ImportedEntry, draw: (text: string) => boolean[][]): string {
  const address = formatOtpauthUri(entry)
  const extras = [(entry.groups ?? []).join(', '), entry.note ?? ''].filter((text) => text !== '')
  const { groups, note, favourite, sites } = entry
  return `<section data-beside="${escapeHtml(JSON.stringify({ groups, note, favourite, sites }))}">
${svgOf(draw(address))}
<div>
<h2>${escapeHtml(entryName(entry))}</h2>
${extras.map((text) => `<p>${escapeHtml(text)}</p>\n`).join('')}<code>${escapeHtml(address)}</code>
</div>
</section>`
}

/** One path of bars: sharp at any size, and a tenth of what a rectangle for each square would take. */
function svgOf(modules: boolean[][]): string {
  const size = modules.length
  const bars = modules.flatMap((row, y) =>
    [...row.map(Number).join('').matchAll(/1+/g)].map(
      ({ 0: { length }, index }) => `M${index} ${y}h${length}v1h-${length}z`,
    ),
  )
  return `<svg viewBox="0 0 ${size} ${size}" role="img" aria-label="QR code"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${bars.join('')}"/></svg>`
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function unescapeHtml(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, (whole, name: string) => {
    if (Object.hasOwn(ENTITIES, name)) return ENTITIES[name] ?? whole
    if (!name.startsWith('#')) return whole
    const point = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole
  })
}
