import { base64ToBytes, bytesToBase64, bytesToText, textToBytes } from '../core/bytes'
import { purposeKey } from '../crypto/keys'
import { open, seal } from '../crypto/seal'
import { keyBytes } from './contents'

/** What a note is bound to, beside the vault key and the generation of the vault it was made of. */
const CONTEXT = 'latchkey/notes'

/** Something found out about what the vault holds, sealed so that it may be kept in memory outside of it; as Base64. */
export async function sealNotes(key: string, generation: number, notes: unknown): Promise<string> {
  return bytesToBase64(await seal(await notesKey(key), textToBytes(JSON.stringify(notes)), [CONTEXT, generation]))
}

/** What was sealed; null where it was made of another generation, or under another key. */
export async function openNotes(key: string, generation: number, sealed: string): Promise<unknown> {
  const bytes = base64ToBytes(sealed)
  const plaintext = bytes && (await open(await notesKey(key), bytes, [CONTEXT, generation]))
  const text = plaintext && bytesToText(plaintext)
  return text ? JSON.parse(text) : null
}

async function notesKey(key: string): Promise<CryptoKey> {
  const bytes = keyBytes(key)
  try {
    return await purposeKey(bytes, CONTEXT, 'notes')
  } finally {
    bytes.fill(0)
  }
}
