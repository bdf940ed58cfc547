import { resolve } from 'node:path'
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs'
import preact from '@preact/preset-vite'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { build, defineConfig, type Plugin } from 'vite'
import manifest from './manifest.json' with { type: 'json' }
import { BRANDS, OTHER_NAMES } from './src/ui/brands/names.ts'

type Target = 'chrome' | 'firefox'

/**
 * The one manifest is in Chrome's form; Firefox's differs in the background, the minimum version and two permissions, and offers
 * the popup's screens in its sidebar. Chrome's side panel would need a permission more from everybody: granted later, on demand,
 * it brings Chromium 156 down as the panel opens.
 */
export function manifestFor(target: Target): Record<string, unknown> {
  const { minimum_chrome_version, browser_specific_settings, key, background, ...common } = manifest
  if (target === 'chrome') return { ...common, key, minimum_chrome_version, background }
  return {
    ...common,
    browser_specific_settings,
    background: { scripts: [background.service_worker], type: background.type },
    sidebar_action: {
      default_title: common.action.default_title,
      default_panel: common.action.default_popup,
      default_icon: common.action.default_icon,
      open_at_install: false,
    },
    permissions: common.permissions.filter((name) => name !== 'offscreen' && name !== 'idle'),
  }
}

/**
 * Scripts are injected by file after a gesture, so no web page needs to reach any of our files (EXT-5). The extension
 * plugin opens the injected script to every page; this closes it again in the manifest that is written.
 */
function closeToWebPages(): Plugin {
  return {
    name: 'latchkey:close-to-web-pages',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const written = bundle['manifest.json']
        if (written?.type !== 'asset') return
        const { web_accessible_resources: _opened, ...closed } = JSON.parse(String(written.source)) as Record<
          string,
          unknown
        >
        written.source = JSON.stringify(closed, null, 2)
      },
    },
  }
}

/**
 * Of a catalogue the pages need the texts alone, the English one where a translation is not there yet. They come in two parts:
 * `?first` is what the popup may say before it has loaded anything else, `?rest` all the others.
 */
function catalogueParts(): Plugin {
  let first: ReadonlySet<string> = new Set()
  return {
    name: 'latchkey:catalogue-parts',
    enforce: 'pre',
    buildStart() {
      first = firstTexts('src/ui/popup/main.tsx', Object.keys(messages('en')))
    },
    load: {
      filter: { id: PART },
      handler(id) {
        const [, language = '', part] = id.match(PART) ?? []
        const texts = Object.entries({ ...messages('en'), ...messages(language) }).filter(
          ([key]) => first.has(key) === (part === 'first'),
        )
        const lean = Object.fromEntries(texts.map(([key, { message }]) => [key, { message }]))
        return { code: `export default ${JSON.stringify(lean)}`, moduleType: 'js' }
      },
    },
  }
}

function messages(language: string): Record<string, { message: string }> {
  return JSON.parse(readFileSync(`src/i18n/_locales/${language}/messages.json`, 'utf8'))
}

/** A part of a language's catalogue. */
const PART = /_locales\/(\w+)\/messages\.json\?(first|rest)$/

/**
 * Which of the texts `keys` the modules name that are there before `entry` runs: as a word in quotes, or by a pattern given to
 * `text` itself. Keys that are put together in another way, those of errors, are none.
 */
export function firstTexts(entry: string, keys: readonly string[]): ReadonlySet<string> {
  return new Set([...modulesBefore(entry)].flatMap((module) => named(readFileSync(module, 'utf8'), keys)))
}

/** A module and our own ones that run before it. */
function modulesBefore(entry: string): ReadonlySet<string> {
  const all = new Set([resolve(entry)])
  for (const one of all) {
    // Types are gone by then.
    const imports = readFileSync(one, 'utf8').matchAll(/^(?:import|export) (?!type )[^'"`()]*?from '(\.[^']+)'/gm)
    const files = [...imports].flatMap(([, name = '']) => [`${name}.ts`, `${name}.tsx`])
    for (const file of files.map((name) => resolve(one, '..', name)).filter(existsSync)) all.add(file)
  }
  return all
}

function named(code: string, keys: readonly string[]): readonly string[] {
  const words = new Set([...code.matchAll(/'(\w+)'/g)].map(([, word = '']) => word))
  const forms = [...code.matchAll(/\btext\(`([^`]+)`/g)].map(
    ([, form = '']) => new RegExp(`^${form.replace(/\$\{[^}]*\}/g, '[A-Za-z0-9]+')}$`),
  )
  return keys.filter((key) => words.has(key) || forms.some((form) => form.test(key)))
}

/** The catalogues of `src/i18n/_locales` are also the ones the browser reads for the manifest's own texts. */
function shipLocales(): Plugin {
  let outDir = ''
  return {
    name: 'latchkey:ship-locales',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      cpSync(resolve('src/i18n/_locales'), resolve(outDir, '_locales'), { recursive: true })
    },
  }
}

/** The safe mode shares no file with the page it stands in for: whatever fails to load there, it is there (REL-1). */
function shipSafeMode(): Plugin {
  let outDir = ''
  return {
    name: 'latchkey:ship-safe-mode',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) =>
        /\/(popup|options)\//.test(path)
          ? [{ tag: 'script', attrs: { src: '/safe-mode.js', defer: true }, injectTo: 'head-prepend' }]
          : [],
    },
    closeBundle: () => buildApart('src/ui/safe-mode/main.ts', outDir, 'safe-mode.js'),
  }
}

/** The popup's first question goes out before its own script is there, and waits for nothing. */
function shipEarlyQuestion(): Plugin {
  let outDir = ''
  return {
    name: 'latchkey:ship-early-question',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) =>
        path.includes('/popup/')
          ? [{ tag: 'script', attrs: { src: '/early.js', async: true }, injectTo: 'head-prepend' }]
          : [],
    },
    closeBundle: () => buildApart('src/ui/early/main.ts', outDir, 'early.js'),
  }
}

/** A classic script that shares no file with anything else. */
async function buildApart(entry: string, outDir: string, fileName: string): Promise<void> {
  const lib = { entry, formats: ['iife' as const], name: 'apart', fileName: () => fileName }
  await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [ownPromises()],
    build: { lib, outDir, emptyOutDir: false, target: 'es2023' },
  })
}

/** The browsers we are for have the promise form; the library that brings it to older ones would be read at each start for nothing. */
function ownPromises(): Plugin {
  return {
    name: 'latchkey:own-promises',
    enforce: 'pre',
    resolveId: (id) => (id === 'webextension-polyfill' ? '\0own-promises' : null),
    load: (id) => (id === '\0own-promises' ? 'export default globalThis.browser ?? chrome' : null),
  }
}

/** A module that the build writes, under a name of its own; what stands behind a slash is handed to `write`. */
function made(name: string, write: (part: string) => string | Promise<string>): Plugin {
  return {
    name: `latchkey:${name}`,
    resolveId: (id) => (id === `virtual:${name}` || id.startsWith(`virtual:${name}/`) ? `\0${id}` : null),
    load: (id) => (id.startsWith(`\0virtual:${name}`) ? write(id.slice(`\0virtual:${name}/`.length)) : null),
  }
}

/** The marks of well-known services, out of simple-icons' thousands; a part for each first character, loaded on demand. */
async function brandIcons(part: string): Promise<string> {
  const slugs = [...BRANDS, ...Object.keys(OTHER_NAMES)]
  if (part === '') {
    const parts = [...new Set(slugs.map((slug) => slug.charAt(0)))].toSorted()
    const loads = parts.map((one) => `${JSON.stringify(one)}: () => import('virtual:brand-icons/${one}')`)
    return `export const shards = { ${loads.join(', ')} }`
  }
  const wanted = new Set(slugs.filter((slug) => slug.startsWith(part)))
  const { default: _all, ...collection } = await import('simple-icons')
  const icons = Object.values(collection).filter(({ slug }) => wanted.has(slug))
  return `export const icons = ${JSON.stringify(Object.fromEntries(icons.map(({ slug, hex, path }) => [slug, { hex, path }])))}`
}

/** The packages that are bundled, those they need among them, with the terms they come under. */
function bundled(): readonly { name: string; version: string; licence: string; text: string }[] {
  const found = new Map<string, { name: string; version: string; licence: string; text: string }>()
  const visit = (name: string) => {
    const folder = resolve('node_modules', name)
    if (found.has(name) || !existsSync(folder)) return
    const told = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8')) as PackageFile
    const file = readdirSync(folder).find((one) => /^(licen[cs]e|copying)/i.test(one))
    const text = file ? readFileSync(resolve(folder, file), 'utf8').trim() : ''
    found.set(name, { name, version: told.version, licence: told.license, text })
    for (const needed of Object.keys(told.dependencies ?? {})) visit(needed)
  }
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as PackageFile
  for (const name of [...Object.keys(dependencies ?? {}), 'simple-icons']) visit(name)
  return [...found.values()].toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

/** Their whole texts, as a file that About leads to. */
function shipLicences(): Plugin {
  return {
    name: 'latchkey:ship-licences',
    generateBundle() {
      const texts = bundled().map(({ name, version, licence, text }) => `${name} ${version} (${licence})\n\n${text}\n`)
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: texts.join(`\n${'='.repeat(72)}\n\n`) })
    },
  }
}

interface PackageFile {
  version: string
  license: string
  dependencies?: Record<string, string>
}

/** All that the popup's first script imports is in one file, and in one more what the background needs too: each costs it a millisecond or two. */
function popupInTwoFiles(): (id: string, chunking: Chunking) => string | null {
  const popup = resolve('src/ui/popup/main.tsx')
  const background = resolve('src/background/main.ts')
  const reached = new Map<string, ReadonlySet<string>>()
  const reaches = (entry: string, id: string, chunking: Chunking): boolean => {
    if (!reached.has(entry)) reached.set(entry, importedBy(entry, chunking))
    return reached.get(entry)?.has(id) ?? false
  }
  return (id, chunking) => {
    if (id === popup || /\.(css|html)$/.test(id) || !reaches(popup, id, chunking)) return null
    return reaches(background, id, chunking) ? 'common' : 'popup'
  }
}

interface Chunking {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null
}

/** All that is there before a module runs. */
function importedBy(entry: string, chunking: Chunking): ReadonlySet<string> {
  const all = new Set([entry])
  for (const one of all) for (const next of chunking.getModuleInfo(one)?.importedIds ?? []) all.add(next)
  return all
}

/** Catalogues go by their language alone, so that the popup's early script finds the one it needs. */
function nameOfChunk({ facadeModuleId }: { facadeModuleId?: string | null }): string {
  const [, language, part] = facadeModuleId?.match(PART) ?? []
  if (!language) return 'assets/[name]-[hash].js'
  return `assets/${part === 'first' ? 'texts' : 'more-texts'}-${language}.js`
}

function extension(target: Target): Plugin[] {
  return [
    ...(crx({ manifest: manifestFor(target) as unknown as ManifestV3Export, browser: target }) as Plugin[]),
    closeToWebPages(),
    shipLocales(),
    shipLicences(),
    shipSafeMode(),
    shipEarlyQuestion(),
  ]
}

export default defineConfig(({ mode }) => {
  const target: Target = mode === 'firefox' ? 'firefox' : 'chrome'
  return {
    plugins: [
      preact(),
      catalogueParts(),
      ...(process.env['VITEST'] ? [] : [ownPromises()]),
      made('brand-icons', brandIcons),
      made(
        'licences',
        () => `export const licences = ${JSON.stringify(bundled().map(({ text: _text, ...one }) => one))}`,
      ),
      ...(process.env['VITEST'] ? [] : extension(target)),
    ],
    // The decoding worker loads its second decoder only where it is needed.
    worker: { format: 'es' },
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: {
        polyfill: false,
        resolveDependencies: (_file, wanted, { hostType }) => (hostType === 'html' ? wanted : []),
      },
      rolldownOptions: {
        output: {
          codeSplitting: { groups: [{ name: popupInTwoFiles(), debugName: 'popup' }] },
          chunkFileNames: nameOfChunk,
        },
        input: {
          admin: 'src/ui/admin/index.html',
          ...(target === 'chrome' ? { offscreen: 'src/background/offscreen.html' } : {}),
        },
      },
    },
    test: {
      include: ['test/**/*.test.{ts,tsx}'],
      exclude: ['test/e2e/**'],
      alias: { 'webextension-polyfill': resolve('test/support/fake-browser.ts') },
      setupFiles: ['test/support/seed.ts'],
      maxWorkers: 2,
      testTimeout: 30_000,
    },
  }
})
