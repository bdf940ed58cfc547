import { type Bytes, concatBytes, equalBytes } from '../core/bytes'

/**
 * libsodium's secretstream (XChaCha20-Poly1305) with a single chunk: `encrypted tag byte ‖ ciphertext ‖ MAC`.
 * See https://doc.libsodium.org/secret-key_cryptography/secretstream
 */

/** The length of the header, which is half salt and half nonce. */
export const SECRETSTREAM_HEADER_BYTES = 24

const BLOCK_BYTES = 64
const MAC_BYTES = 16
/** The chunk is the last one. */
const TAG_FINAL = 3

/** What the chunk holds, whatever its tag; null where key or any bit is another. */
export async function openSecretstream(key: Bytes, header: Bytes, sealed: Bytes): Promise<Bytes | null> {
  if (sealed.length < 1 + MAC_BYTES) return null
  const stream = await streamOf(key, header)
  const text = sealed.slice(1, -MAC_BYTES)
  const mac = stream.mac(tagBlock(stream.tagStream, sealed[0] ?? 0), text)
  if (!equalBytes(mac, sealed.subarray(-MAC_BYTES))) return null
  return stream.xor(text)
}

/** A stream of one chunk, which is its last. */
export async function sealSecretstream(key: Bytes, header: Bytes, plaintext: Bytes): Promise<Bytes> {
  const stream = await streamOf(key, header)
  const text = stream.xor(plaintext)
  const tag = (stream.tagStream[0] ?? 0) ^ TAG_FINAL
  return concatBytes(Uint8Array.of(tag), text, stream.mac(tagBlock(stream.tagStream, tag), text))
}

interface Stream {
  /** The block of keystream that hides the tag. */
  readonly tagStream: Bytes
  xor(text: Bytes): Bytes
  mac(tagBlock: Bytes, text: Bytes): Bytes
}

async function streamOf(key: Bytes, header: Bytes): Promise<Stream> {
  const { chacha20, hchacha } = await import('@noble/ciphers/chacha.js')
  const { poly1305 } = await import('@noble/ciphers/_poly1305.js')
  const subkey = new Uint32Array(8)
  const sigma = wordsOf(new TextEncoder().encode('expand 32-byte k'))
  hchacha(sigma, wordsOf(key), wordsOf(header.slice(0, 16)), subkey)
  const keyBytes = bytesOf(subkey)
  const nonce = concatBytes(Uint8Array.of(1, 0, 0, 0), header.subarray(16))
  const keystream = (counter: number, text: Bytes): Bytes =>
    new Uint8Array(chacha20(keyBytes, nonce, text, undefined, counter))
  const macKey = keystream(0, new Uint8Array(32))
  return {
    tagStream: keystream(1, new Uint8Array(BLOCK_BYTES)),
    xor: (text) => keystream(2, text),
    mac: (block, text) => new Uint8Array(poly1305(concatBytes(block, text, padAndLengths(text.length)), macKey)),
  }
}

/** The whole block is authenticated, with the encrypted tag in its first byte. */
function tagBlock(stream: Bytes, tag: number): Bytes {
  const block = stream.slice()
  block[0] = tag
  return block
}

/** libsodium pads by the text's length, where the RFC's construction pads up to a whole block; that is its format by now. */
function padAndLengths(length: number): Bytes {
  const lengths = new DataView(new ArrayBuffer(16))
  lengths.setUint32(8, BLOCK_BYTES + length, true)
  return concatBytes(new Uint8Array(length % 16), new Uint8Array(lengths.buffer))
}

/** The words of bytes, little-endian whatever the machine. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Uint32Array.from({ length: bytes.length / 4 }, (_, i) => view.getUint32(4 * i, true))
}

function bytesOf(words: Uint32Array): Bytes {
  const view = new DataView(new ArrayBuffer(4 * words.length))
  for (const [i, word] of words.entries()) view.setUint32(4 * i, word, true)
  return new Uint8Array(view.buffer)
}
