import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import english from '../../src/i18n/_locales/en/messages.json'
import { languageNames } from '../../src/i18n/choose'

/** What an unpacked package holds; text and bytes alike. */
function filesOf(folder: string): readonly { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(folder, path)).isFile())
    .map((path) => ({ path: path.replaceAll('\\', '/'), bytes: readFileSync(join(folder, path)) }))
}

/** Addresses that stand in the code of libraries and are never asked for, each with what it is. */
const KNOWN_ADDRESSES: Readonly<Record<string, string>> = {
  'http://www.w3.org/': 'names of XML vocabularies',
  'https://github.com/': 'where libraries say they come from',
  'https://www.npmjs.com/': 'the same',
  'https://fastly.jsdelivr.net/': "the decoder's default place for its WebAssembly, which we replace by our own file",
  'https://example.com': 'the example in the text about a site that cannot be used',
  'https://your-app.authing.cn': 'the example beside the field for a server address',
}

const WORKSHOP =
  /__emulator|demo-pool|demo-app|-Passw0rd|latchkeyTest|authing-js-sdk|fake-indexeddb|vitest|sourceMappingURL/

describe.each(['chrome', 'firefox'])('the package for %s', (target) => {
  const folder = `dist/${target}`
  const files = filesOf(folder)
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, unknown>

  it('opens nothing to web pages and asks for no site (EXT-2, EXT-5)', () => {
    expect(manifest['web_accessible_resources']).toBeUndefined()
    expect(manifest['content_scripts']).toBeUndefined()
    expect(manifest['host_permissions']).toBeUndefined()
    expect(manifest['externally_connectable']).toEqual({ ids: [] })
  })

  it('holds nothing of the workshop (SUP-6)', () => {
    expect(files.length).toBeGreaterThan(20)
    const strays = files.filter(({ bytes }) => WORKSHOP.test(bytes.toString('latin1')))
    expect(strays.map(({ path }) => path)).toEqual([])
    expect(files.filter(({ path }) => /\.map$|\.tsx?$|emulator|(^|\/)test\//.test(path))).toEqual([])
  })

  it('names no address that is not known (NET-5)', () => {
    const addresses = files
      .filter(({ path }) => /\.(js|html|css)$/.test(path))
      .flatMap(({ bytes }) => bytes.toString('utf8').match(/https?:\/\/[a-z0-9-]+\.[a-z0-9.-]+[a-z0-9/]/gi) ?? [])
    const strangers = addresses.filter((one) => !Object.keys(KNOWN_ADDRESSES).some((known) => one.startsWith(known)))
    expect([...new Set(strangers)]).toEqual([])
  })

  it('evaluates no text as code (EXT-6)', () => {
    const strays = files
      .filter(({ path }) => path.endsWith('.js'))
      .filter(({ bytes }) => /\beval\(|\bnew Function\(|\bimportScripts\(/.test(bytes.toString('utf8')))
    expect(strays.map(({ path }) => path)).toEqual([])
  })

  it('has the injected script as one classic script of at most 15 KiB (EXT-7)', () => {
    const script = files.find(({ path }) => path === 'src/autofill/main.js')?.bytes.toString('utf8') ?? ''
    expect(script).not.toMatch(/^\s*(import|export)\b/m)
    expect(() => new Function(script)).not.toThrow()
    expect(Buffer.byteLength(script)).toBeGreaterThan(5 * 1024)
    expect(Buffer.byteLength(script), 'bytes').toBeLessThanOrEqual(15 * 1024)
  })

  it('shows the popup with little to load: no decoder, no key derivation', () => {
    const html = readFileSync(join(folder, 'src/ui/popup/index.html'), 'utf8')
    const scripts = [...html.matchAll(/<script[^>]* src="([^"]+\.js)"/g)].map(([, path = '']) => path)
    expect(scripts).toEqual(['/early.js', '/safe-mode.js', expect.stringMatching(/^\/assets\//)])
    const loaded = [...new Set(scripts.flatMap((path) => [...staticImports(folder, path)]))]
    const code = loaded.map((path) => readFileSync(join(folder, path), 'utf8'))
    const texts = Object.keys(languageNames).map((language) => zippedKilobytes(firstTextsOf(folder, language)))
    expect(code.join('').length).toBeGreaterThan(10_000)
    expect(code.some((text) => /argon2|zxing|jsQR/i.test(text))).toBe(false)
    expect(Math.min(...texts)).toBeGreaterThan(1)
    expect(zippedKilobytes(...code) + Math.max(...texts)).toBeLessThanOrEqual(40)
  })

  it('has in each language every text that the popup’s first scripts name, and each other one in the second part', () => {
    const html = readFileSync(join(folder, 'src/ui/popup/index.html'), 'utf8')
    const [, main = ''] = html.match(/<script type="module"[^>]* src="([^"]+\.js)"/) ?? []
    const code = [...staticImports(folder, main)].map((path) => readFileSync(join(folder, path), 'utf8')).join('\n')
    const named = new Set([...code.matchAll(/["'`]([A-Za-z0-9_]+)["'`]/g)].map(([, word = '']) => word))
    const keys = Object.keys(english)
    for (const language of Object.keys(languageNames)) {
      const first = keysIn(firstTextsOf(folder, language))
      const rest = keysIn(readFileSync(join(folder, `assets/more-texts-${language}.js`), 'utf8'))
      expect(
        keys.filter((key) => named.has(key) && !first.includes(key)),
        language,
      ).toEqual([])
      expect([...first, ...rest].toSorted(), language).toEqual(keys.toSorted())
    }
  })

  it('has each language where the popup’s early script looks for it', () => {
    expect(readFileSync(join(folder, 'early.js'), 'utf8')).toContain('/assets/texts-${')
    for (const language of Object.keys(languageNames)) {
      const popup = files.filter(({ path }) => path.endsWith('.js') && path.startsWith('assets/popup-'))
      expect(
        popup.some(({ bytes }) => bytes.toString('utf8').includes(`texts-${language}.js`)),
        language,
      ).toBe(true)
      expect(files.map(({ path }) => path)).toContain(`assets/texts-${language}.js`)
    }
  })
})

function firstTextsOf(folder: string, language: string): string {
  return readFileSync(join(folder, `assets/texts-${language}.js`), 'utf8')
}

/** The keys of a part of a catalogue, as it is built. */
function keysIn(part: string): readonly string[] {
  return [...part.matchAll(/[{,]([A-Za-z0-9_]+):\{message:/g)].map(([, key = '']) => key)
}

function zippedKilobytes(...files: readonly string[]): number {
  return files.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0) / 1024
}

/** A script and all that it imports before it runs. */
function staticImports(folder: string, path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen
  seen.add(path)
  const text = readFileSync(join(folder, path), 'utf8')
  for (const [, name = ''] of text.matchAll(/(?:^|[;}])import(?:[^'"()]*from)?["']\.\/([^"']+\.js)["']/g)) {
    staticImports(folder, `/assets/${name}`, seen)
  }
  return seen
}
