import { mkdirSync, writeFileSync } from 'node:fs'
import { pbkdf2Sync } from 'node:crypto'
import { dirname } from 'node:path'
import { PbfWriter } from 'pbf'
import { strToU8, zipSync } from 'fflate'

import { encodeBase32 } from '../../src/core/base32'
import { bytesToHex } from '../../src/core/bytes'
import type { NewEntry } from '../../src/core/entry'
import { formatOtpauthUri } from '../../src/core/otpauth-uri'
import { REFERENCE_ENTRIES } from '../support/reference-entries'
import {
  aegisVault,
  argon2,
  bitwardenProtected,
  cbc,
  cryptoJs,
  fixedBytes,
  gcm,
  phc,
  secretstream,
  twoFasSealed,
} from './other-programs'
import { FIXTURE_PASSWORD, inEnte, inGoogle, inTheExtension, inTwoFas, plainTotp } from './fixtures'

/**
 * Writes test/fixtures/formats anew, from the layouts that each program's files have, without `src/formats`:
 * `npx tsx test/formats/make-fixtures.ts`. The files are committed and are not made anew as a habit.
 */
function save(name: string, content: string | Uint8Array | object): void {
  const path = `test/fixtures/formats/${name}`
  mkdirSync(dirname(path), { recursive: true })
  const raw = typeof content === 'string' || content instanceof Uint8Array
  writeFileSync(path, raw ? content : `${JSON.stringify(content, null, 1)}\n`)
}

const secretOf = ({ secret }: NewEntry): string => encodeBase32(secret)
const uuid = (i: number): string => `6f1d1a30-0000-4000-8000-${String(i).padStart(12, '0')}`

function twoFas(): void {
  const services = inTwoFas(REFERENCE_ENTRIES).map((entry, i) => ({
    name: entry.issuer,
    secret: secretOf(entry),
    updatedAt: 1_700_000_000_000 + i,
    otp: {
      link: null,
      label: `${entry.issuer}:${entry.label}`,
      account: entry.label,
      issuer: entry.issuer || null,
      digits: entry.digits,
      period: entry.type === 'hotp' ? null : entry.periodSeconds,
      algorithm: entry.algorithm,
      counter: entry.counter ?? null,
      tokenType: entry.type.toUpperCase(),
      source: 'Link',
    },
    order: { position: i },
    badge: { color: 'Default' },
    icon: { selected: 'Label', label: { text: 'AC', backgroundColor: 'Orange' } },
    ...(i === 0 ? { groupId: uuid(1) } : {}),
  }))
  const groups = [{ id: uuid(1), name: 'Work', isExpanded: true, updatedAt: 1 }]
  const app = { appVersionCode: 5_000_012, appVersionName: '5.3.5', appOrigin: 'android' }
  // The file's order is the order field's, not the list's.
  save('2fas/android-schema-4-plain.2fas', {
    services: services.toReversed(),
    groups,
    updatedAt: 1,
    schemaVersion: 4,
    ...app,
  })
  save('2fas/android-schema-4-encrypted.2fas', {
    services: [],
    groups,
    updatedAt: 1,
    schemaVersion: 4,
    ...app,
    servicesEncrypted: twoFasSealed(JSON.stringify(services), FIXTURE_PASSWORD, 'services'),
    reference: twoFasSealed('tRViSsLKzd86Hprh4ceC2OP7xazn4rrt', FIXTURE_PASSWORD, 'reference'),
  })
  const oldest = plainTotp(REFERENCE_ENTRIES).map((entry, position) => ({
    name: entry.issuer,
    secret: secretOf(entry),
    updatedAt: 1,
    type: 'ManualEntry',
    otp: { label: '', account: entry.label },
    order: { position },
  }))
  save('2fas/android-schema-1-plain.2fas', { services: oldest, updatedAt: 1, schemaVersion: 1, ...app })
}

function aegis(): void {
  const entries = (version: number): object[] =>
    REFERENCE_ENTRIES.map((entry, i) => ({
      type: entry.type,
      uuid: uuid(i),
      name: entry.label,
      issuer: entry.issuer || null,
      ...(i === 0 ? { note: 'first', favorite: true } : {}),
      icon: null,
      info: {
        secret: secretOf(entry),
        algo: entry.algorithm,
        digits: entry.digits,
        ...(entry.type === 'hotp' ? { counter: entry.counter } : { period: entry.periodSeconds }),
        ...(entry.pin ? { pin: entry.pin } : {}),
      },
      ...(version === 2 ? { group: i === 0 ? 'Work' : null } : {}),
      ...(version === 3 ? { groups: i === 0 ? [uuid(99)] : [] } : {}),
    }))
  const plain = (db: object): object => ({ version: 1, header: { slots: null, params: null }, db })
  const newest = { version: 3, entries: entries(3), groups: [{ uuid: uuid(99), name: 'Work' }], icons_optimized: true }
  save('aegis/aegis-1-plain.json', plain({ version: 1, entries: entries(1) }))
  save('aegis/aegis-2-plain.json', plain({ version: 2, entries: entries(2) }))
  save('aegis/aegis-3-plain.json', plain(newest))
  save('aegis/aegis-3-encrypted.json', aegisVault(newest, FIXTURE_PASSWORD))
}

function extension(): void {
  const rows = inTheExtension(REFERENCE_ENTRIES).map((entry, index) => ({
    encrypted: false,
    hash: uuid(index),
    index,
    type: entry.type,
    secret: secretOf(entry),
    issuer: index === 0 ? `${entry.issuer}::example.com` : entry.issuer,
    account: entry.label,
    counter: entry.counter ?? 0,
    digits: entry.digits,
    period: entry.periodSeconds,
    algorithm: entry.algorithm,
    pinned: index === 0,
  }))
  const byHash = (values: readonly (object & { hash: string })[]): object =>
    Object.fromEntries(values.toReversed().map((value) => [value.hash, value]))
  save('authenticator/extension-7-plain.json', byHash(rows))
  const sealed = (passphrase: string): (object & { hash: string })[] =>
    rows.map((row) => ({ ...row, encrypted: true, secret: cryptoJs(row.secret, passphrase, row.hash) }))
  save('authenticator/extension-1-encrypted.json', byHash(sealed(FIXTURE_PASSWORD)))
  const raw = fixedBytes('extension key', 120)
  const key = {
    enc: cryptoJs(raw, FIXTURE_PASSWORD, 'enc'),
    hash: phc(raw.toString('hex'), 16_384, 1, 24),
  }
  const second = byHash(sealed(raw.toString('hex')))
  save('authenticator/extension-7-encrypted.json', { ...second, key })
  save('authenticator/extension-7-encrypted-unwrapped.json', { ...second, ...key })
  const salt = '1f2e3d4c5b6a7988796a5b4c3d2e1f'
  const third = argon2(FIXTURE_PASSWORD, Buffer.from(salt), 19_456, 2, 1).toString('base64').replace(/=+$/, '')
  const keyId = uuid(500)
  save('authenticator/extension-8-encrypted.json', {
    [uuid(501)]: {
      dataType: 'Key',
      id: uuid(501),
      salt: 'deadbeef0123456',
      hash: phc('another', 19_456, 2, 32),
      version: 3,
    },
    [keyId]: { dataType: 'Key', id: keyId, salt, hash: phc(third, 19_456, 2, 32), version: 3 },
    ...Object.fromEntries(
      rows.map((row) => {
        const data = cryptoJs(JSON.stringify({ ...row, encrypted: true }), third, `v3 ${row.hash}`)
        return [row.hash, { dataType: 'EncOTPStorage', keyId, data, index: row.index }]
      }),
    ),
  })
  save('otpauth/extension-8-list.txt', inTheExtension(REFERENCE_ENTRIES).map(formatOtpauthUri).join('\r\n'))
}

function google(): void {
  const entries = inGoogle(REFERENCE_ENTRIES)
  const algorithms = ['', 'SHA1', 'SHA256', 'SHA512']
  const part = (own: readonly NewEntry[], index: number, parts: number, batch: number, version: number): string => {
    const writer = new PbfWriter()
    // In an order of their own, and with a field that nobody knows.
    writer.writeVarintField(4, index)
    writer.writeVarintField(3, parts)
    for (const entry of own) {
      writer.writeMessage(
        1,
        (row: NewEntry, message: PbfWriter) => {
          message.writeVarintField(7, row.counter ?? 0)
          message.writeVarintField(6, row.type === 'hotp' ? 1 : 2)
          message.writeVarintField(5, row.digits === 8 ? 2 : 1)
          message.writeVarintField(4, algorithms.indexOf(row.algorithm))
          message.writeStringField(3, row.issuer)
          message.writeStringField(2, `${row.issuer}:${row.label} `)
          message.writeBytesField(1, row.secret)
          message.writeStringField(8, 'unique')
          message.writeFixed32Field(99, 7)
        },
        entry,
      )
    }
    writer.writeVarintField(2, version)
    if (batch !== 0) writer.writeVarintField(5, batch)
    const data = Buffer.from(writer.finish()).toString('base64')
    return `otpauth-migration://offline?data=${encodeURIComponent(data)}`
  }
  save('google/google-5-one.txt', part(entries, 0, 1, -1_234_567, 1))
  const halves = [part(entries.slice(2), 1, 2, -99, 1), part(entries.slice(0, 2), 0, 2, -99, 1)]
  save('google/google-5-two-parts.txt', `${halves.join('\n')}\n${halves[0]}\n`)
  save('google/google-7-one.txt', part(entries, 0, 1, 0, 2))
  save('google/google-5-part-missing.txt', halves[0] ?? '')
}

function bitwarden(): void {
  const totp = (entry: NewEntry): string =>
    entry.type === 'steam' ? `steam://${secretOf(entry)}` : formatOtpauthUri(entry)
  const entries = inEnte(REFERENCE_ENTRIES).filter(({ type }) => type !== 'hotp')
  const items = entries.map((entry, i) => ({
    id: uuid(i),
    folderId: i === 0 ? uuid(77) : null,
    type: 1,
    name: entry.issuer,
    notes: i === 0 ? 'first' : null,
    favorite: i === 0,
    login: {
      uris: i === 0 ? [{ match: null, uri: 'https://example.com' }] : [],
      username: entry.label,
      password: 'x',
      totp: totp(entry),
    },
  }))
  const trash = { ...items[1], name: 'gone', deletedDate: '2026-01-01T00:00:00.000Z' }
  const password = { ...items[0], name: 'only a password', login: { username: 'u', password: 'p', totp: null } }
  const content = { encrypted: false, folders: [{ id: uuid(77), name: 'Work' }], items: [password, ...items, trash] }
  save('bitwarden/bitwarden-2026-plain.json', content)
  save('bitwarden/bitwarden-2026-encrypted-pbkdf2.json', bitwardenProtected(content, FIXTURE_PASSWORD, 'pbkdf2'))
  save('bitwarden/bitwarden-2026-encrypted-argon2.json', bitwardenProtected(content, FIXTURE_PASSWORD, 'argon2'))
  save('bitwarden/bitwarden-2026-account-restricted.json', {
    encrypted: true,
    encKeyValidation_DO_NOT_EDIT: '2.a|b|c',
    folders: [],
    items: [],
  })
  const cell = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const header = 'folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp'
  const lines = entries.map((entry, i) =>
    [
      i === 0 ? 'Work' : '',
      i === 0 ? '1' : '',
      'login',
      entry.issuer,
      i === 0 ? 'first' : '',
      'two\nlines',
      '0',
      i === 0 ? 'https://example.com' : '',
      entry.label,
      'p"w,',
      totp(entry),
    ]
      .map(cell)
      .join(','),
  )
  save('bitwarden/bitwarden-2026-plain.csv', `\ufeff${[header, ...lines].join('\r\n')}\r\n\r\n`)
  save('bitwarden/bitwarden-authenticator-2026-plain.json', {
    encrypted: false,
    items: entries.map((entry, i) => ({
      favorite: false,
      id: uuid(i),
      type: 1,
      name: entry.issuer,
      login: { totp: totp(entry), username: entry.label },
    })),
  })
  const short = entries
    .filter(({ type }) => type === 'totp')
    .map((entry) => `,,1,${entry.issuer},,${totp(entry)},${entry.issuer},${entry.periodSeconds},${entry.digits}`)
  save(
    'bitwarden/bitwarden-authenticator-2026-plain.csv',
    ['folder,favorite,type,name,login_uri,login_totp', '', ...short].join('\n'),
  )
}

function ente(): void {
  const lines = inEnte(REFERENCE_ENTRIES).map((entry, position) => {
    const display = {
      pinned: position === 0,
      trashed: false,
      lastUsedAt: 0,
      tapCount: 0,
      tags: position === 0 ? ['Work'] : [],
      note: position === 0 ? 'a note' : '',
      position,
    }
    const shown = encodeURIComponent(JSON.stringify(display)).replaceAll('%20', '+')
    return `${formatOtpauthUri(entry).replace('algorithm=SHA', 'algorithm=sha')}&codeDisplay=${shown}`
  })
  const gone = `otpauth://totp/gone?secret=AAAA&codeDisplay=${encodeURIComponent('{"trashed":true}')}`
  const text = [...lines, gone].join('\n')
  save('ente/ente-4-plain.txt', text)
  for (const [tag, name] of [
    [0, 'message'],
    [3, 'final'],
  ] as const) {
    const [salt, header] = [fixedBytes('ente salt', 16), fixedBytes('ente header', 24)]
    const key = argon2(FIXTURE_PASSWORD, salt, 8192, 2, 1)
    save(`ente/ente-4-encrypted-${name}.txt`, {
      version: 1,
      kdfParams: { memLimit: 8192 * 1024, opsLimit: 2, salt: salt.toString('base64') },
      encryptedData: secretstream(key, header, Buffer.from(text), tag).toString('base64'),
      encryptionNonce: header.toString('base64'),
    })
  }
}

function proton(): void {
  const entries = inEnte(REFERENCE_ENTRIES).filter(({ type }) => type !== 'hotp')
  const content = {
    version: 1,
    entries: entries.map((entry, i) => ({
      id: uuid(i),
      content: {
        uri: entry.type === 'steam' ? `steam://${secretOf(entry)}` : formatOtpauthUri({ ...entry, label: 'overruled' }),
        entry_type: entry.type === 'steam' ? 'Steam' : 'Totp',
        name: entry.label,
      },
      note: i === 0 ? 'first' : null,
    })),
  }
  save('proton/proton-authenticator-1-plain.json', content)
  const [salt, nonce] = [fixedBytes('proton salt', 16), fixedBytes('proton nonce', 12)]
  const key = argon2(FIXTURE_PASSWORD, salt, 19_456, 2, 1)
  const sealed = gcm(key, nonce, JSON.stringify(content), 'proton.authenticator.export.v1')
  save('proton/proton-authenticator-1-encrypted.json', {
    version: 1,
    salt: salt.toString('base64'),
    content: Buffer.concat([nonce, sealed.text, sealed.tag]).toString('base64'),
  })
  const [first, ...others] = entries.filter(({ type }) => type === 'totp')
  const item = (
    state: number,
    name: string,
    username: string,
    main: string,
    extra: readonly string[] = [],
  ): object => ({
    state,
    pinned: false,
    data: {
      type: 'login',
      metadata: { name, note: '' },
      content: { itemEmail: '', itemUsername: username, urls: ['https://example.com'], totpUri: main },
      extraFields: extra.map((totpUri) => ({ fieldName: 'TOTP', type: 'totp', data: { totpUri } })),
    },
  })
  const data = {
    version: '1.30.0',
    vaults: {
      v1: {
        name: 'Work',
        items: [
          item(
            1,
            first?.issuer ?? '',
            first?.label ?? '',
            secretOf(first ?? entries[0]!),
            others.map(formatOtpauthUri),
          ),
          item(1, 'only a password', 'u', ''),
          item(2, 'gone', 'u', 'JBSWY3DP'),
          item(1, 'broken', 'u', 'otpauth://totp/x?secret=0189'),
        ],
      },
    },
  }
  const mtime = new Date('2026-01-01T00:00:00Z')
  save(
    'proton-pass/proton-pass-1-plain.zip',
    zipSync({ 'Proton Pass/data.json': strToU8(JSON.stringify(data)) }, { mtime }),
  )
  save('proton-pass/proton-pass-1-pgp.zip', zipSync({ 'Proton Pass/data.pgp': strToU8('-----BEGIN PGP') }, { mtime }))
}

function stratum(): void {
  const types = ['', 'hotp', 'totp', 'motp', 'steam', 'yandex']
  const algorithms = ['SHA1', 'SHA256', 'SHA512']
  const rows = REFERENCE_ENTRIES.filter(
    ({ algorithm, type, issuer }) => (algorithms.includes(algorithm) || type === 'motp') && issuer,
  ).map((entry, i) => ({
    Type: types.indexOf(entry.type),
    Icon: null,
    Issuer: entry.issuer,
    Username: entry.label,
    Secret: entry.type === 'motp' ? bytesToHex(entry.secret) : secretOf(entry),
    Pin: entry.pin ?? null,
    Algorithm: Math.max(0, algorithms.indexOf(entry.algorithm)),
    Digits: entry.digits,
    Period: entry.periodSeconds,
    Counter: entry.counter ?? 0,
    CopyCount: i,
    Ranking: i,
  }))
  const backup = {
    Authenticators: rows.toReversed(),
    Categories: [{ Id: 'abcd1234', Name: 'Work', Ranking: 0 }],
    AuthenticatorCategories: [{ CategoryId: 'abcd1234', AuthenticatorSecret: rows[0]?.Secret, Ranking: 0 }],
    CustomIcons: [],
  }
  save('stratum/stratum-1-plain.json', backup)
  const text = JSON.stringify(backup)
  const [salt, nonce] = [fixedBytes('stratum salt', 16), fixedBytes('stratum nonce', 12)]
  const sealed = gcm(argon2(FIXTURE_PASSWORD, salt, 65_536, 3, 4), nonce, text)
  save(
    'stratum/stratum-1-encrypted.stratum',
    Buffer.concat([Buffer.from('AUTHENTICATORPRO'), salt, nonce, sealed.text, sealed.tag]),
  )
  const [oldSalt, iv] = [fixedBytes('legacy salt', 20), fixedBytes('legacy iv', 16)]
  const legacy = cbc(pbkdf2Sync(FIXTURE_PASSWORD, oldSalt, 64_000, 32, 'sha1'), iv, text)
  save(
    'stratum/authenticator-pro-1-encrypted.authpro',
    Buffer.concat([Buffer.from('AuthenticatorPro'), oldSalt, iv, legacy]),
  )
}

function lastpass(): void {
  const entries = inEnte(REFERENCE_ENTRIES).filter(({ type }) => type === 'totp')
  const accounts = entries.map((entry, i) => ({
    accountID: uuid(i),
    issuerName: entry.issuer,
    originalIssuerName: 'before',
    userName: entry.label,
    originalUserName: 'before',
    secret: secretOf(entry),
    timeStep: entry.periodSeconds,
    digits: entry.digits,
    algorithm: entry.algorithm,
    creationTimestamp: 1,
    isFavorite: i === 0,
    pushNotification: false,
    folderData: { folderId: i === 0 ? 5 : 0, position: i },
  }))
  const folders = [
    { id: 0, name: 'Other Accounts', isOpened: true },
    { id: 1, name: 'Favorites', isOpened: true },
    { id: 5, name: 'Work', isOpened: true },
  ]
  save('lastpass/lastpass-3-android-plain.json', {
    deviceId: '',
    deviceSecret: '',
    localDeviceId: uuid(1),
    deviceName: 'phone',
    version: 3,
    accounts,
    folders,
  })
  const bare = accounts.map(({ issuerName, userName, secret, timeStep, digits, algorithm }) => ({
    issuerName,
    userName,
    secret,
    timeStep,
    digits,
    algorithm,
  }))
  save('lastpass/lastpass-1-ios-plain.json', { version: 1, accounts: bare })
}

/** As VAULT-FORMAT describes our own backup. */
function latchkey(): void {
  const seal = (key: Buffer, text: Buffer, context: unknown[]): string => {
    const nonce = fixedBytes(`latchkey ${String(context[0])}`, 12)
    const sealed = gcm(key, nonce, text, JSON.stringify(context))
    return Buffer.concat([nonce, sealed.text, sealed.tag]).toString('base64')
  }
  const kdf = { algorithm: 'argon2id', memoryKib: 65_536, passes: 3, lanes: 1 }
  const salt = fixedBytes('latchkey salt', 16)
  const fileKey = fixedBytes('latchkey key', 32)
  const wrapping = argon2(FIXTURE_PASSWORD.normalize('NFKC'), salt, kdf.memoryKib, kdf.passes, kdf.lanes)
  const numbers = [...Object.values(kdf), salt.toString('base64')]
  const wrappedKey = seal(wrapping, fileKey, ['latchkey/backup-key', 1, ...numbers])
  const entries = REFERENCE_ENTRIES.map((entry, i) => ({
    ...entry,
    secret: Buffer.from(entry.secret).toString('base64'),
    ...(i === 0
      ? { groups: ['Work'], note: 'first', favourite: true, sites: ['https://example.com'], recoveryCode: 'r' }
      : {}),
  }))
  save('latchkey/latchkey-1-encrypted.json', {
    kind: 'latchkey-backup',
    version: 1,
    kdf,
    salt: salt.toString('base64'),
    wrappedKey,
    sealed: seal(fileKey, Buffer.from(JSON.stringify({ entries })), ['latchkey/backup', 1, wrappedKey]),
  })
}

for (const make of [twoFas, aegis, extension, google, bitwarden, ente, proton, stratum, lastpass, latchkey]) make()
