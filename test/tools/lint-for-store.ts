import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** The warnings we know of, each with its reason. Any other, and any of these that is gone, fails the check (EXT-6). */
const KNOWN_WARNINGS: Readonly<Record<string, string>> = {
  DANGEROUS_EVAL: "kdbxweb's search for the global object ends at globalThis; the policy would refuse what comes after",
  UNSUPPORTED_API: 'chrome.offscreen, which Chrome alone has, is looked for before it is used',
  UNSAFE_VAR_ASSIGNMENT:
    "Preact's own code for dangerouslySetInnerHTML, which nothing here uses; Trusted Types would refuse it",
}

/** Runs Mozilla's linter over the built package. */
export function lintForStore(folder: string): { passed: number; failed: number } {
  const { stdout } = spawnSync(
    join('node_modules', '.bin', 'web-ext'),
    ['lint', '--source-dir', folder, '--output', 'json'],
    {
      encoding: 'utf8',
      shell: process.platform === 'win32',
    },
  )
  const report = JSON.parse(stdout) as Report
  const warnings = new Set(report.warnings.map(({ code }) => code))
  const strangers = [...warnings].filter((code) => !(code in KNOWN_WARNINGS))
  const gone = Object.keys(KNOWN_WARNINGS).filter((code) => !warnings.has(code))
  for (const { code, message, file } of [...report.errors, ...report.warnings])
    console.log(`  ${code} ${file ?? ''}: ${message}`)
  if (strangers.length > 0) console.log(`  unknown warnings: ${strangers.join(', ')}`)
  if (gone.length > 0) console.log(`  no longer reported, take them off the list: ${gone.join(', ')}`)
  const failed = report.errors.length + strangers.length + gone.length
  return { passed: failed === 0 ? 1 : 0, failed }
}

interface Report {
  errors: readonly Finding[]
  warnings: readonly Finding[]
}

interface Finding {
  code: string
  message: string
  file?: string
}
