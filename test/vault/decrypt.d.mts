/** A copy of the vault as JSON: byte arrays in Base64, rows with their numbers. */
export interface Copy {
  header: { body: string; checksum: string }
  manifest: { generation: number; sealed: string }
  rows: [number, { cells: { id: string; sealed: string }[] }][]
}

/** An entry as it lies in its record; `secret` is Base64. */
export interface StoredEntry {
  id: string
  label: string
  secret: string
  recoveryCode?: string
  counter?: number
  trashedAt?: number
  binding?: { phase: string }
}

export interface StoredContents {
  entries: StoredEntry[]
  servers: { id: string }[]
  generation: number
}

export interface StoredHeader {
  format: number
  vaultId: string
  slots: { kind: string; wrappedKey: string }[]
}

export function readHeader(header: Copy['header']): StoredHeader
export function vaultKeyOf(header: StoredHeader, secret: string | Uint8Array): Buffer
export function decryptVault(copy: Copy, secret: string | Uint8Array): StoredContents
export function decryptCopy(copy: Copy, vaultKey: Uint8Array): StoredContents
export function fromMirror(items: Readonly<Record<string, string>>): Copy
