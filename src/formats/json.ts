import { AppError } from '../core/errors'
import { bytesToText } from '../core/bytes'
import { isNestedTooDeeply } from './limits'

/** The JSON in a text; undefined where it is none. Throws `format/too-costly` where it nests too deeply. */
export function parseJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined
  if (isNestedTooDeeply(text)) throw new AppError('format/too-costly')
  try {
    return JSON.parse(text)
  } catch {
    // The parser's way to say "not JSON".
    return undefined
  }
}

/** The JSON that decrypting must have given. Throws `format/damaged`. */
export function parseDecrypted(bytes: Uint8Array): unknown {
  const json = parseJson(bytesToText(bytes) ?? '')
  if (json === undefined) throw new AppError('format/damaged')
  return json
}

/** An own member of a foreign object; undefined where there is none, null counting as none. */
export function member(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined
    found = found[name]
  }
  return found ?? undefined
}

/** Whether a value is an object with members, and not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A list; empty where the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** A text as it stands, empty where there is none. A number becomes its digits. Throws `format/row-damaged` for anything else. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'string') return value
  if (typeof value === 'number') return String(value)
  throw new AppError('format/row-damaged')
}

/** Text for people, such as a row's name: empty where the value is no text. */
export function nameOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : ''
}

/**
 * A number, also one written as text; `missing` where there is none. NaN where something else stands there,
 * so that the check of the entry refuses it by name (INP-9).
 */
export function numberOf(value: unknown, missing: number): number {
  if (value === undefined || value === null || value === '') return missing
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : Number.NaN
}
