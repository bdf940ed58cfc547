import { base64ToBytes, bytesToBase64 } from '../core/bytes'
import { type PortableBinding, needsPin } from '../core/entry'
import { AppError } from '../core/errors'
import type { ImportedEntry } from './format'
import { listOf, member, numberOf, textOf } from './json'
import { entryOf } from './rows'

const TYPES = ['totp', 'hotp', 'steam', 'motp', 'yandex'] as const
const PHASES = ['associated', 'confirming', 'bound', 'unbinding', 'unbound'] as const
const PAST = ['createdAt', 'usedAt', 'lastStepUsed'] as const

/** The account in a row of our own backup, exactly as it was. Throws `entry/…`, `format/row-damaged`. */
export function readBackupRow(row: unknown): ImportedEntry {
  const type = TYPES.find((known) => known === member(row, 'type'))
  if (!type) throw new AppError('entry/type-unsupported')
  const secret = base64ToBytes(textOf(member(row, 'secret')))
  if (!secret) throw new AppError('entry/secret-invalid')
  return {
    ...entryOf({
      type,
      secret,
      algorithm: member(row, 'algorithm'),
      digits: numberOf(member(row, 'digits'), Number.NaN),
      periodSeconds: numberOf(member(row, 'periodSeconds'), Number.NaN),
      counter: member(row, 'counter'),
      pin: member(row, 'pin'),
    }),
    // Exactly as they were: what other programs leave around a name is not ours to trim here.
    issuer: textOf(member(row, 'issuer')),
    label: textOf(member(row, 'label')),
    ...besideIn(row),
  }
}

/** What travels beside the entry, exactly as it was. */
function besideIn(row: unknown): Partial<ImportedEntry> {
  const [note, recoveryCode] = [textOf(member(row, 'note')), textOf(member(row, 'recoveryCode'))]
  const [groups, sites] = [member(row, 'groups'), member(row, 'sites')].map((texts) => listOf(texts).map(textOf))
  return {
    ...(groups?.length ? { groups } : {}),
    ...(sites?.length ? { sites } : {}),
    ...(note ? { note } : {}),
    ...(recoveryCode ? { recoveryCode } : {}),
    ...(member(row, 'favourite') === true ? { favourite: true } : {}),
    ...pastIn(row),
  }
}

/** When it was made and used, and which factor it is at a server. */
function pastIn(row: unknown): Partial<ImportedEntry> {
  const numbers = PAST.map((name) => [name, member(row, name)] as const)
  const binding = bindingIn(member(row, 'binding'))
  return {
    ...Object.fromEntries(numbers.filter(([, value]) => Number.isSafeInteger(value) && Number(value) >= 0)),
    ...(binding ? { binding } : {}),
  }
}

/** Null where there is none, or one that says too little to find its server and user again. */
function bindingIn(value: unknown): PortableBinding | null {
  const text = (name: string): string => textOf(member(value, name))
  const phase = PHASES.find((known) => known === member(value, 'phase'))
  const [appHost, appId, account, userId] = [text('appHost'), text('appId'), text('account'), text('userId')]
  if (!phase || appHost === '' || appId === '' || userId === '') return null
  const userPoolId = text('userPoolId')
  return { appHost, appId, ...(userPoolId ? { userPoolId } : {}), account, userId, phase }
}

/** The row of an account in our own backup. */
export function writeBackupRow(entry: ImportedEntry): object {
  const { type, issuer, label, secret, algorithm, digits, periodSeconds, counter = 0, pin } = entry
  const { groups = [], note = '', favourite = false, sites = [], recoveryCode } = entry
  return {
    type,
    issuer,
    label,
    secret: bytesToBase64(secret),
    algorithm,
    digits,
    periodSeconds,
    ...(type === 'hotp' ? { counter } : {}),
    ...(needsPin(type) && pin ? { pin } : {}),
    ...(groups.length > 0 ? { groups } : {}),
    ...(note ? { note } : {}),
    ...(favourite ? { favourite } : {}),
    ...(sites.length > 0 ? { sites } : {}),
    ...(recoveryCode ? { recoveryCode } : {}),
    ...pastIn(entry),
  }
}
