import { bindingNote, deliveredTo, recoveryToKeep, signInNote } from '../flow-state'
import {
  codes,
  entries,
  factors,
  found,
  keepingRecoveryFor,
  page,
  screen,
  search,
  servers,
  toast,
  waitingFill,
} from '../state'
import { comparedEqual, exported, importing } from '../transfer-state'

/** Blanks what the vault held (KEY-8). */
export function forgetAccounts(): void {
  entries.value = []
  codes.value = new Map()
  servers.value = []
  factors.value = new Map()
  found.value = null
  keepingRecoveryFor.value = null
  page.value = null
  waitingFill.value = null
  search.value = ''
  toast.value = null
  recoveryToKeep.value = null
  for (const notes of [bindingNote, signInNote]) notes.value = new Map()
  deliveredTo.value = new Map()
  importing.value?.stop()
  importing.value = null
  exported.value = null
  comparedEqual.value = new Set()
  screen.value = { name: 'list' }
}
