import { AppError } from '../core/errors'
import { Uid, readBinaryPlist } from './binary-plist'
import { isObject, listOf, member } from './json'

const NOTHING = '$null'
const MOST_VALUES = 200_000
const DEEPEST = 64

/**
 * What `NSKeyedArchiver` wrote: a list of objects that point at each other, put together again. Dictionaries and lists
 * become objects and lists, other classes objects of their members. Throws `format/damaged`, `format/too-costly`.
 */
export function readKeyedArchive(bytes: Uint8Array): unknown {
  const archive = readBinaryPlist(bytes)
  const objects = listOf(member(archive, '$objects'))
  const top = member(archive, '$top')
  if (!isObject(top)) throw new AppError('format/damaged')
  const resolve = resolver(objects)
  return resolve(member(top, 'root') ?? Object.values(top)[0], 0)
}

function resolver(objects: readonly unknown[]): (value: unknown, depth: number) => unknown {
  let values = 0
  const resolve = (value: unknown, depth: number): unknown => {
    if (++values > MOST_VALUES) throw new AppError('format/too-costly')
    if (depth > DEEPEST) throw new AppError('format/damaged')
    if (value instanceof Uid) return resolve(objects[value.index], depth + 1)
    if (value === NOTHING) return null
    if (value instanceof Uint8Array) return value
    if (Array.isArray(value)) return value.map((item) => resolve(item, depth + 1))
    return isObject(value) ? unwrap(value, (item) => resolve(item, depth + 1)) : value
  }
  return resolve
}

/** Apple's own classes are wrapped around what they hold. */
function unwrap(object: Record<string, unknown>, resolve: (value: unknown) => unknown): unknown {
  const plain = member(object, 'NS.data') ?? member(object, 'NS.string') ?? member(object, 'NS.bytes')
  if (plain !== undefined) return resolve(plain)
  const items = member(object, 'NS.objects')
  const keys = member(object, 'NS.keys')
  if (Array.isArray(keys) && Array.isArray(items)) {
    return Object.fromEntries(keys.map((key, i) => [String(resolve(key)), resolve(items[i])]))
  }
  if (Array.isArray(items)) return items.map(resolve)
  const members = Object.entries(object).filter(([name]) => name !== '$class')
  return Object.fromEntries(members.map(([name, value]) => [name, resolve(value)]))
}
