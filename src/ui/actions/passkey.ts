import { type Bytes, base64ToBytes, bytesToBase64 } from '../../core/bytes'
import { AppError, type ErrorCode } from '../../core/errors'
import type { PasskeyMade, PasskeyView, PasskeyWish, WayIn } from '../../rpc/way-calls'

/** ECDSA over P-256, and RSA where a device knows nothing better. Nobody here checks a signature; the browser wants to know. */
const ALGORITHMS = [-7, -257] as const

const ASKED_MS = 120_000

/**
 * Whether this browser lets an extension have passkeys: a request that shows nothing and is taken back at once is refused where it
 * does not (Firefox wants the name of a website).
 */
export async function canUsePasskeys(): Promise<boolean> {
  if (!('PublicKeyCredential' in globalThis)) return false
  const controller = new AbortController()
  const asked = navigator.credentials.get({
    mediation: 'conditional',
    signal: controller.signal,
    publicKey: { challenge: new Uint8Array(32) },
  })
  setTimeout(() => controller.abort(), 50)
  return asked.then(
    () => true,
    (error: unknown) => nameOf(error) === 'AbortError',
  )
}

/**
 * Has the user's device make a passkey with the PRF extension and asks it the first time. Throws `passkey/already-there`,
 * `passkey/cancelled`, `passkey/not-here`, `passkey/without-prf`.
 */
export async function makePasskey({ userId, prfInput, known }: PasskeyWish): Promise<PasskeyMade> {
  const made = await asCredential(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(prfInput),
        rp: { name: 'Latchkey' },
        user: { id: bytesOf(userId), name: 'Latchkey', displayName: 'Latchkey' },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: known.map(named),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        extensions: { prf: { eval: { first: bytesOf(prfInput) } } },
        timeout: ASKED_MS,
      },
    }),
  )
  const { prf } = made.getClientExtensionResults()
  if (!prf?.enabled) throw new AppError('passkey/without-prf')
  const credentialId = bytesToBase64(new Uint8Array(made.rawId))
  const first = prf.results?.first
  // Some devices answer the question only when they are asked for the passkey again.
  const prfOutput = first ? textOf(first) : (await ask([{ id: '', credentialId, prfInput }])).prfOutput
  return { credentialId, prfInput, prfOutput }
}

/** Asks for any of these passkeys. Throws as {@link makePasskey}. */
export async function askPasskeys(passkeys: readonly PasskeyView[]): Promise<WayIn & { passkeyId: string }> {
  const { credentialId, prfOutput } = await ask(passkeys)
  const used = passkeys.find((passkey) => passkey.credentialId === credentialId)
  if (!used) throw new AppError('vault/wrong-passkey')
  return { passkeyId: used.id, prfOutput }
}

async function ask(passkeys: readonly PasskeyView[]): Promise<{ credentialId: string; prfOutput: string }> {
  const inputs = passkeys.map(
    ({ credentialId, prfInput }) => [urlSafe(credentialId), { first: bytesOf(prfInput) }] as const,
  )
  const answered = await asCredential(
    navigator.credentials.get({
      publicKey: {
        // Whoever has the answer to the PRF has the key; the signature over this proves nothing more to anybody.
        challenge: bytesOf(passkeys[0]?.prfInput ?? ''),
        allowCredentials: passkeys.map(({ credentialId }) => named(credentialId)),
        userVerification: 'required',
        extensions: { prf: { evalByCredential: Object.fromEntries(inputs) } },
        timeout: ASKED_MS,
      },
    }),
  )
  const first = answered.getClientExtensionResults().prf?.results?.first
  if (!first) throw new AppError('passkey/without-prf')
  return { credentialId: bytesToBase64(new Uint8Array(answered.rawId)), prfOutput: textOf(first) }
}

async function asCredential(asked: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await asked
    if (credential) return credential as PublicKeyCredential
  } catch (error) {
    throw new AppError(REFUSALS.get(nameOf(error)) ?? 'passkey/cancelled', {}, { cause: error })
  }
  throw new AppError('passkey/cancelled')
}

/** Everything else the browser keeps to itself: it does not tell a refusal from a missing device. */
const REFUSALS: ReadonlyMap<string, ErrorCode> = new Map([
  ['InvalidStateError', 'passkey/already-there'],
  ['NotSupportedError', 'passkey/not-here'],
  ['SecurityError', 'passkey/not-here'],
])

function nameOf(error: unknown): string {
  return error instanceof Error || error instanceof DOMException ? error.name : ''
}

function named(credentialId: string): PublicKeyCredentialDescriptor {
  return { type: 'public-key', id: bytesOf(credentialId) }
}

function bytesOf(text: string): Bytes {
  return base64ToBytes(text) ?? new Uint8Array()
}

/** Answers come as buffers, whatever questions may be. */
function textOf(source: BufferSource): string {
  return bytesToBase64(new Uint8Array(source as ArrayBuffer))
}

function urlSafe(base64: string): string {
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
