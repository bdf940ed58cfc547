import { textToBytes } from '../../src/core/bytes'
import { type Import, readImport } from '../../src/formats/index'

/** Reads a text. */
export function readText(text: string, password?: string): Promise<Import> {
  return readImport(textToBytes(text), password === undefined ? {} : { password })
}

/** Reads a value as the JSON file it would be. */
export function readJson(value: unknown, password?: string): Promise<Import> {
  return readText(JSON.stringify(value), password)
}
