import { signal } from '@preact/signals'
import type { WayIn, WaysView } from '../rpc/way-calls'

/** A recovery sheet while its code is on the screen, to be printed. */
export interface SheetToPrint {
  code: string
  number: string
  madeAt: number
}

/** What opens the vault beside the passphrase; null until it was asked for. */
export const ways = signal<WaysView | null>(null)
export const sheetToPrint = signal<SheetToPrint | null>(null)
/** How somebody came in who may have forgotten the passphrase; a new one is offered. */
export const cameBy = signal<WayIn | null>(null)
/** Null until it was tried. */
export const passkeysPossible = signal<boolean | null>(null)

/** What tells one sheet or passkey from another: the beginning of its slot's name, which says nothing else. */
export function shortNumber(id: string): string {
  return id.slice(0, 6).toUpperCase()
}
