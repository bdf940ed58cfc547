import { signal, type Signal } from '@preact/signals'
import { settings, type Setting } from '../../settings'
import { attempt, load } from './attempt'

/** A setting as a page shows it, and the way to change it. */
export interface Preference<T> {
  shown: Signal<T | null>
  choose: (value: T) => Promise<void>
  load: () => Promise<void>
}

function preference<T>(item: Setting<T>): Preference<T> {
  const shown = signal<T | null>(null)
  return {
    shown,
    choose: async (value) => {
      const stored = await attempt('preferences', () => item.set(value))
      if (stored !== null) shown.value = value
    },
    load: async () => {
      item.watch((value) => (shown.value = value))
      shown.value = await item.get()
    },
  }
}

/** The choices the options page offers. */
export const preferences = {
  language: preference(settings.language),
  theme: preference(settings.theme),
  contrast: preference(settings.contrast),
  density: preference(settings.density),
  brandMarks: preference(settings.brandMarks),
  hideCodes: preference(settings.hideCodes),
  nextCodes: preference(settings.nextCodes),
  autoLockMinutes: preference(settings.autoLockMinutes),
  longestUnlockedHours: preference(settings.longestUnlockedHours),
  clipboardClearSeconds: preference(settings.clipboardClearSeconds),
  adminPage: preference(settings.adminPage),
  lastExportAt: preference(settings.lastExportAt),
  comparisons: preference(settings.comparisons),
  sheetDeclined: preference(settings.sheetDeclined),
  firstSteps: preference(settings.firstSteps),
  copiesReport: preference(settings.copiesReport),
  lastProof: preference(settings.lastProof),
}

/** Reads all of them, and follows what other pages change. */
export async function loadPreferences(): Promise<void> {
  await load('preferences', () => Promise.all(Object.values(preferences).map((one) => one.load())))
}
