import { toast, type Toast } from '../state'

const SHOWN_MS = 6_000

let timer: ReturnType<typeof setTimeout> | undefined

/** Shows a message for a while; one that offers `undo` stays twice as long. */
export function say(message: Toast): void {
  clearTimeout(timer)
  toast.value = message
  timer = setTimeout(hush, message.undo ? 2 * SHOWN_MS : SHOWN_MS)
}

/** Takes the message away. */
export function hush(): void {
  clearTimeout(timer)
  toast.value = null
}
