import { build, type Rollup } from 'vite'

/** A module and all it imports as one classic script, minified as it ships. */
export async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, target: 'es2023', lib: { entry, formats: ['iife'], name: 'bundle' } },
  })
  return ([result].flat() as Rollup.RollupOutput[])[0]?.output[0].code ?? ''
}
