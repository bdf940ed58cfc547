import type { Signal } from '@preact/signals'
import { textToBytes } from '../../core/bytes'
import { AppError } from '../../core/errors'
import type { ReadOptions, Reading } from '../../formats/format'
import { inWorker } from '../../formats/in-worker'
import { dimensionsOf } from '../../scan/dimensions'
import { decodeInWorker } from '../../scan/decode'
import { MOST_BYTES } from '../../scan/limits'
import { type FailedFile, type FileSecret, type PasswordReason, type PasswordStep, importing } from '../transfer-state'
import { forgetFailure, showFailure } from './attempt'
import { startFormatsWorker, startScanWorker } from '../workers'

/** Beyond this a file opens only after the user has seen how much it takes (INP-4). */
const UNASKED_MIB = 256
const MOST_MIB = 1024

/** A file that was read. */
export interface ReadFile {
  readonly fileName: string
  readonly reading: Reading
}

/** The user may stop at any time; every wait hears of it. */
export interface Wish {
  readonly signal: AbortSignal
  readonly stop: () => void
}

/** What is handed to the formats: a file, or the texts of all pictures together, since an export may have several codes. */
interface Source {
  readonly fileName: string
  readonly bytes: Uint8Array
}

/** What is asked of the user. */
type Question = Pick<PasswordStep, 'fileName' | 'reason' | 'several' | 'mayHaveKeyFile'>

/** Reads file after file, and asks for a password where one is needed. One that fails costs no other. */
export async function readFiles(
  files: readonly File[],
  wish: Wish,
): Promise<{ read: readonly ReadFile[]; failed: readonly FailedFile[] }> {
  const read: ReadFile[] = []
  const failed: FailedFile[] = []
  const each = async <T extends { fileName: string }>(items: readonly T[], work: (item: T) => Promise<void>) => {
    for (const [i, item] of items.entries()) {
      show({ fileName: item.fileName, number: i + 1, of: items.length }, wish)
      try {
        await work(item)
      } catch (error) {
        wish.signal.throwIfAborted()
        failed.push({ fileName: item.fileName, error })
      }
    }
  }
  const sources: Source[] = []
  const pictures: { fileName: string; texts: readonly string[] }[] = []
  const chosen = files.map((file) => ({ fileName: file.name, file }))
  await each(chosen, async ({ fileName, file }) => {
    const bytes = await bytesOf(file)
    if (dimensionsOf(bytes)) pictures.push({ fileName, texts: await textsIn(file, wish.signal) })
    else sources.push({ fileName, bytes })
  })
  await each([...sources, ...together(pictures)], async ({ fileName, bytes }) => {
    read.push({ fileName, reading: await open(bytes, fileName, files.length > 1, wish) })
  })
  return { read, failed }
}

/** How often a key file was chosen: what an earlier choice comes to is nobody's any more. */
let keyFileChoices = 0

/** Keeps the bytes of a key file in `chosen`, null where none is chosen or it cannot be read. Of several choices the last one counts. */
export async function chooseKeyFile(file: File | undefined, chosen: Signal<Uint8Array | null>): Promise<void> {
  forgetKeyFile()
  const choice = keyFileChoices
  chosen.value = null
  try {
    const bytes = file ? await bytesOf(file) : null
    if (choice === keyFileChoices) chosen.value = bytes
  } catch (error) {
    if (choice === keyFileChoices) showFailure('key-file', error)
  }
}

/** Another choice, or another file that asks for one, begins. */
function forgetKeyFile(): void {
  keyFileChoices += 1
  forgetFailure('key-file')
}

async function bytesOf(file: File): Promise<Uint8Array> {
  if (file.size > MOST_BYTES) throw new AppError('format/too-costly')
  return new Uint8Array(await file.arrayBuffer())
}

async function textsIn(file: File, signal: AbortSignal): Promise<readonly string[]> {
  const texts = await decodeInWorker(file, signal, startScanWorker)
  if (texts.length === 0) throw new AppError('scan/nothing-found')
  return texts
}

function together(pictures: readonly { fileName: string; texts: readonly string[] }[]): readonly Source[] {
  if (pictures.length === 0) return []
  const fileName = pictures.map((picture) => picture.fileName).join(', ')
  return [{ fileName, bytes: textToBytes(pictures.flatMap(({ texts }) => texts).join('\n')) }]
}

/** Tries, asks, tries again, until the file opens, fails for good or is left out. */
async function open(bytes: Uint8Array, fileName: string, several: boolean, wish: Wish): Promise<Reading> {
  let options: ReadOptions = { memoryMib: UNASKED_MIB }
  let mayHaveKeyFile = false
  forgetKeyFile()
  for (;;) {
    try {
      return await inWorker({ kind: 'read', bytes, options }, wish.signal, startFormatsWorker)
    } catch (error) {
      const reason = reasonToAsk(error, options)
      if (!reason) throw error
      mayHaveKeyFile ||= error instanceof AppError && error.params['keyFile'] !== undefined
      const given = await ask({ fileName, reason, several, mayHaveKeyFile }, wish)
      if (given === null) throw error
      const memoryMib = reason.kind === 'costly' ? MOST_MIB : (options.memoryMib ?? UNASKED_MIB)
      options = { password: given.password, ...(given.keyFile ? { keyFile: given.keyFile } : {}), memoryMib }
    }
  }
}

/** Null where no answer of the user's would help. */
function reasonToAsk(
  error: unknown,
  { password, keyFile, memoryMib = UNASKED_MIB }: ReadOptions,
): PasswordReason | null {
  if (!(error instanceof AppError)) return null
  if (error.code === 'format/needs-password') return { kind: 'needed' }
  if (error.code === 'format/wrong-password') return { kind: keyFile && !password ? 'wrong-key-file' : 'wrong' }
  const wanted = Number(error.params['memoryMib'])
  const mayAsk = error.code === 'format/too-costly' && wanted > memoryMib && wanted <= MOST_MIB
  return mayAsk ? { kind: 'costly', memoryMib: wanted } : null
}

function ask(about: Question, wish: Wish): Promise<FileSecret | null> {
  return new Promise((resolve, reject) => {
    const question = { step: 'password', ...about, stop: wish.stop } as const
    const answer = (given: FileSecret | null) => {
      importing.value = { ...question, opening: true, answer: () => undefined }
      resolve(given)
    }
    importing.value = { ...question, opening: false, answer }
    wish.signal.addEventListener('abort', () => reject(wish.signal.reason as Error), { once: true })
  })
}

function show(at: { fileName: string; number: number; of: number }, { stop }: Wish): void {
  importing.value = { step: 'reading', ...at, stop }
}
