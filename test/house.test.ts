import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import manifest from '../manifest.json' with { type: 'json' }
import { exportFormats, importFormats } from '../src/formats/index'
import { moduleOf, sourceFiles } from './support/source-files'

const files = sourceFiles()

/** The table in ARCHITECTURE.md: what each module may import, a file where only that file is meant. */
function importTable(): ReadonlyMap<string, readonly string[]> {
  const rows = readFileSync('ARCHITECTURE.md', 'utf8').matchAll(/^\| `([a-z0-9]+)` +\| (.+?) *\|$/gm)
  return new Map(
    [...rows].map(([, module = '', allowed = '']) => [
      module,
      [...allowed.matchAll(/`([a-z0-9/-]+)`/g)].map(([, name = '']) => name),
    ]),
  )
}

describe('imports', () => {
  const table = importTable()

  it('knows every module', () => {
    expect([...table.keys()].toSorted()).toEqual([...new Set(files.map(({ path }) => moduleOf(path)))].toSorted())
  })

  it('go only where ARCHITECTURE.md lets them', () => {
    const strays = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => moduleOf(target) !== moduleOf(path))
        .filter((target) => {
          const allowed = table.get(moduleOf(path)) ?? []
          return !allowed.includes(moduleOf(target)) && !allowed.includes(target.replace(/^src\/|\.tsx?$/g, ''))
        })
        .map((target) => `${path} -> ${target}`),
    )
    expect(strays).toEqual([])
  })

  it('form no cycle', () => {
    expect(findCycle(new Map(files.map(({ path, imports }) => [path, imports])))).toBeNull()
  })

  it('never reach an entry point', () => {
    const mains = files.flatMap(({ path, text }) =>
      [...text.matchAll(/from '([^']*\/main)'/g)].map(([, name]) => `${path} -> ${name}`),
    )
    expect(mains).toEqual([])
  })
})

function findCycle(graph: ReadonlyMap<string, readonly string[]>): string | null {
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): string | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path].join(' -> ')
    if (done.has(path)) return null
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path])
      if (cycle) return cycle
    }
    done.add(path)
    return null
  }
  for (const path of graph.keys()) {
    const cycle = visit(path, [])
    if (cycle) return cycle
  }
  return null
}

describe('the outside', () => {
  const places: readonly [what: string, pattern: RegExp, allowed: RegExp][] = [
    [
      'extension APIs',
      /\bbrowser\.|\bchrome\b[?.]|webextension-polyfill/,
      /^src\/(background|rpc|ui|i18n)\/|^src\/autofill\/leave\.ts|^src\/settings\.ts|^src\/vault\/(session|mirror)\.ts|^src\/scan\/sources\/tab\.ts/,
    ],
    ['IndexedDB', /\bindexedDB\b|from 'idb'/, /^src\/vault\/db\.ts/],
    ['the network', /\bfetch\(/, /^src\/background\/mfa\/(servers|admin)\.ts|^src\/mfa\/http\.ts/],
    // mfa/admin.ts: outside programs make that client without a clock, and its token still has to be renewed in time.
    ['the clock', /\bDate\.now\b/, /^src\/(background|ui)\/|\/main\.tsx?$|^src\/mfa\/admin\.ts$/],
    [
      'the camera and the clipboard',
      /\bmediaDevices\b|navigator\.clipboard/,
      /^src\/scan\/sources\/|^src\/ui\/actions\/|^src\/background\/clipboard\.ts/,
    ],
    [
      'randomness',
      /\bgetRandomValues\b|\brandomUUID\b/,
      /^src\/(crypto|vault)\/|^src\/mfa\/rsa\.ts|^src\/passphrase\/suggestion\.ts|^src\/background\//,
    ],
    ['markup from text', /\binnerHTML\b|dangerouslySetInnerHTML|insertAdjacentHTML/, /^$/],
    ['the console', /\bconsole\./, /^$/],
  ]

  it.each(places)('touches %s only where it may', (_what, pattern, allowed) => {
    const strays = files.filter(({ path, text }) => !allowed.test(path) && pattern.test(withoutComments(text)))
    expect(strays.map(({ path }) => path)).toEqual([])
  })
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/[^\n]*/g, '$1')
}

describe('the style', () => {
  it('has no default export, no enum, no namespace', () => {
    const strays = files.filter(({ text }) =>
      /^export default|^(export )?(const )?enum |^(export )?namespace /m.test(text),
    )
    expect(strays.map(({ path }) => path)).toEqual([])
  })

  it('gives each file a name that says what it holds', () => {
    const strays = files.filter(({ path }) => /\b(utils?|helpers?|common|manager|misc)\b/i.test(path))
    expect(strays.map(({ path }) => path)).toEqual([])
  })
})

describe('README.md', () => {
  const readme = readFileSync('README.md', 'utf8')

  it('gives the reason for every permission, and for no other (EXT-2)', () => {
    const [section = ''] = readme.match(/^## Permissions[\s\S]*?(?=^## )/m) ?? []
    const documented = [...section.matchAll(/^\| `([A-Za-z]+)`(?: \([^)]*\))? +\| .+ \|$/gm)].map(([, name]) => name)
    expect(documented.toSorted()).toEqual([...manifest.permissions].toSorted())
  })

  it('names every format that is read, and says which are written', () => {
    const rows = [...readme.matchAll(/^\| `([a-z0-9-]+)` +\| .+ \| (?:yes|no) +\| ([^|]+?) +\| [^|]+ \|$/gm)]
    expect(rows.map(([, name]) => name).toSorted()).toEqual([...importFormats].toSorted())
    expect(rows.filter(([, , written]) => written !== '–').map(([, name]) => name)).toEqual(
      [...exportFormats].toSorted(),
    )
  })

  it('speaks only of scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }
    const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})
