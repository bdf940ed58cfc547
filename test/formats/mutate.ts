/** A repeatable source of whole numbers below a limit. */
type Random = (limit: number) => number

/** What no honest program writes where something else belongs. */
const NASTY: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  0.5,
  1e308,
  2 ** 53,
  2 ** 31,
  2 ** 64,
  '',
  ' ',
  '0',
  '-1',
  '1e9',
  'NaN',
  'null',
  '\u0000',
  '\ud800',
  'ſ',
  '=',
  '%',
  ':',
  '::',
  [],
  [[]],
  [null],
  {},
  { length: 2 ** 32 },
  { toString: 1 },
  'A'.repeat(5000),
  'constructor',
  '__proto__',
  'hasOwnProperty',
]
const BYTES = ['"', '{', '}', '[', ']', ':', ',', '%', '&', '=', '?', '#', '\\', '\n', '\0', '\u00ff'].map((text) =>
  text.charCodeAt(0),
)

/** One to four changes to the bytes of a file: flipped, cut out, doubled, put in, cut off. */
export function mutateBytes(source: Uint8Array, random: Random): Uint8Array {
  let bytes = Buffer.from(source)
  for (let changes = 1 + random(4); changes > 0; changes--) {
    const at = random(bytes.length + 1)
    const until = Math.min(bytes.length, at + 1 + random(random(4) === 0 ? bytes.length + 1 : 8))
    const [head, middle, tail] = [bytes.subarray(0, at), bytes.subarray(at, until), bytes.subarray(until)]
    const choices = [
      () => Buffer.concat([head, middle.map((byte) => byte ^ (1 << random(8))), tail]),
      () => Buffer.concat([head, tail]),
      () => Buffer.concat([head, middle, middle, tail]),
      () => Buffer.concat([head, Buffer.from([BYTES[random(BYTES.length)] ?? 0]), middle, tail]),
      () => Buffer.concat([head, Buffer.from(Array.from(middle, () => random(256))), tail]),
      () => Buffer.from(head),
    ]
    bytes = (choices[random(choices.length)] ?? (() => bytes))()
  }
  return new Uint8Array(bytes)
}

/** One to three values or names in a JSON text changed for something that does not belong there. */
export function mutateJson(text: string, random: Random): string {
  const root: { value: unknown } = { value: JSON.parse(text) }
  for (let changes = 1 + random(3); changes > 0; changes--) changeOne(root, random)
  return JSON.stringify(root.value ?? null)
}

function changeOne(root: object, random: Random): void {
  let place = root as Record<string, unknown>
  let name = 'value'
  for (;;) {
    const value = place[name]
    const names = typeof value === 'object' && value !== null ? Object.keys(value) : []
    if (names.length === 0 || random(8) === 0) break
    place = value as Record<string, unknown>
    name = names[random(names.length)] ?? ''
  }
  const nasty = structuredClone(NASTY[random(NASTY.length)])
  const set = (at: string, value: unknown): void => {
    // Defined, since a plain assignment to this name would set the prototype.
    Object.defineProperty(place, at, { value, enumerable: true, configurable: true, writable: true })
  }
  const way = random(6)
  if (way === 0) delete place[name]
  else if (way === 1) set('__proto__', { polluted: nasty })
  else set(name, nasty)
}
