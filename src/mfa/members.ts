import { AppError } from '../core/errors'

/** A JSON object from a server: nothing about its members is believed before it is read with a function below. */
export type JsonObject = Readonly<Record<string, unknown>>

/** The own member `name`, or undefined. Inherited ones (`constructor`, `__proto__`) do not exist (NET-1). */
export function member(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** Whether `value` is an object with members: neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `value` as an object. Throws `mfa/answer-unreadable`, as all readers here do for a wrong type. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : unreadable()
}

/** `value` as a list of objects. */
export function asObjects(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.map(asObject) : unreadable()
}

/** A text that has to be there and say something. */
export function text(object: JsonObject, name: string): string {
  return optionalText(object, name) ?? unreadable()
}

/** A text that may be absent, null or empty: undefined then. */
export function optionalText(object: JsonObject, name: string): string | undefined {
  const value = member(object, name)
  if (value === undefined || value === null || value === '') return undefined
  return typeof value === 'string' ? value : unreadable()
}

/** `value` as a yes or no. */
export function asBoolean(value: unknown): boolean {
  return typeof value === 'boolean' ? value : unreadable()
}

/** A token that will travel in a header: visible ASCII, as `fetch` would refuse anything else. */
export function token(object: JsonObject, name: string): string {
  const value = text(object, name)
  return isHeaderText(value) ? value : unreadable()
}

/** Whether `value` may stand in a header as it is. */
export function isHeaderText(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value)
}

/** The number that `value` is or spells in digits, as codes come in both forms (mfa-api §2.4); else undefined. */
export function numeric(value: unknown): number | undefined {
  if (typeof value === 'string' && /^\d{1,9}$/.test(value)) return Number(value)
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

function unreadable(): never {
  throw new AppError('mfa/answer-unreadable')
}
