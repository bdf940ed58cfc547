import type { NewEntry } from '../../src/core/entry'
import { ENTRY_DEFAULTS } from '../../src/core/entry'
import { decodeBase32 } from '../../src/core/base32'

/** One entry of each kind and each trap: every format's fixture and every round trip holds these. All secrets are made up. */
export const REFERENCE_ENTRIES: readonly NewEntry[] = [
  entry({ issuer: 'Acme', label: 'alice@example.com', secret: decodeBase32('JBSWY3DPEHPK3PXP') }),
  entry({ issuer: 'Globex', label: 'alice+work@example.com', algorithm: 'SHA256', digits: 8, periodSeconds: 60 }),
  entry({ issuer: 'Initech', label: 'bob', algorithm: 'SHA512', digits: 10, periodSeconds: 15 }),
  entry({ issuer: 'Umbrella & Söhne', label: '测试 #EXT#@tenant', algorithm: 'SHA384', digits: 7 }),
  entry({ issuer: '', label: 'no issuer', algorithm: 'SHA224' }),
  entry({ issuer: 'Matrix', label: '@user:matrix.org', digits: 5, periodSeconds: 3600 }),
  entry({ issuer: 'host:443', label: 'root', secret: Uint8Array.of(0) }),
  entry({ type: 'hotp', issuer: 'Hooli', label: 'gavin', counter: 0 }),
  entry({ type: 'hotp', issuer: 'Hooli', label: 'far', counter: Number.MAX_SAFE_INTEGER, digits: 8 }),
  entry({ type: 'steam', issuer: 'Steam', label: 'gordon', ...ENTRY_DEFAULTS.steam }),
  entry({ type: 'motp', issuer: 'VPN', label: 'carol', ...ENTRY_DEFAULTS.motp, pin: '1234' }),
  entry({ type: 'yandex', issuer: 'Yandex', label: 'dave', ...ENTRY_DEFAULTS.yandex, pin: '5239' }),
]

function entry(parts: Partial<NewEntry>): NewEntry {
  return {
    type: 'totp',
    issuer: '',
    label: '',
    secret: decodeBase32('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'),
    ...ENTRY_DEFAULTS.totp,
    ...parts,
  }
}
