import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

/** A file of `src` and what it imports. */
export interface SourceFile {
  /** From the root, with slashes: `src/core/otp.ts`. */
  path: string
  text: string
  /** The files of `src` it imports, types among them. */
  imports: readonly string[]
  /** The packages it imports. */
  packages: readonly string[]
}

const EXTENSIONS = ['', '.ts', '.tsx', '.json']

/** Every TypeScript file of `src`. */
export function sourceFiles(): readonly SourceFile[] {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((path) => join('src', path).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
  const known = new Set(paths)
  return paths.map((path) => {
    const text = readFileSync(path, 'utf8')
    const names = importedNames(text)
    return {
      path,
      text,
      imports: names.filter((name) => name.startsWith('.')).flatMap((name) => resolveImport(path, name, known) ?? []),
      packages: names.filter((name) => !name.startsWith('.')),
    }
  })
}

function importedNames(text: string): readonly string[] {
  const statements = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+['"]([^'"]+)['"]|import\s*\(\s*['"]([^'"]+)['"]|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  )
  return [...statements].map(([, from, dynamic, bare]) => from ?? dynamic ?? bare ?? '')
}

function resolveImport(from: string, name: string, known: ReadonlySet<string>): string | null {
  const path = relative(resolve('.'), resolve(dirname(from), name.replace(/\?.*$/, ''))).replaceAll('\\', '/')
  return EXTENSIONS.map((extension) => path + extension).find((candidate) => known.has(candidate)) ?? null
}

/** The module a file belongs to: its folder below `src`, or its own name. */
export function moduleOf(path: string): string {
  const [, first = ''] = path.split('/')
  return first.replace(/\.tsx?$/, '')
}
