import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url'

/** What of Node is needed to find and read a file, and absent in a browser. */
interface NodeProcess {
  getBuiltinModule(name: 'node:fs'): { readFileSync(path: string): Uint8Array }
  getBuiltinModule(name: 'node:module'): { createRequire(from: string): { resolve(path: string): string } }
}

/**
 * Where the decoder's program comes from: the file we ship, or in Node the installed package. The library's own
 * default would be a public network address, so one of the two is always given.
 */
export function wasmSource(): { locateFile(): string } | { wasmBinary: Uint8Array } {
  const node = nodeProcess()
  return node ? { wasmBinary: installedFile(node) } : { locateFile: () => wasmUrl }
}

/** `getBuiltinModule` rather than an import, so that no bundler looks for Node's modules. */
function nodeProcess(): NodeProcess | null {
  const { process } = globalThis as { process?: Partial<NodeProcess> }
  return typeof process?.getBuiltinModule === 'function' ? (process as NodeProcess) : null
}

function installedFile(node: NodeProcess): Uint8Array {
  const { resolve } = node.getBuiltinModule('node:module').createRequire(import.meta.url)
  return node.getBuiltinModule('node:fs').readFileSync(resolve('zxing-wasm/reader/zxing_reader.wasm'))
}
