import { signal } from '@preact/signals'
import type { TransferParts } from '../settings'

/** The QR codes of a transfer that were scanned while others are missing; null when none waits. */
export const transferParts = signal<TransferParts | null>(null)

/** Which part of how many of a page is looked at; null while no whole page is scanned. */
export const pagePart = signal<{ readonly part: number; readonly of: number } | null>(null)
