import { bindingNote, deliveredTo, forgetTypedRecovery, recoveryToKeep, signInNote } from '../flow-state'
import {
  codes,
  entries,
  factors,
  firstTags,
  found,
  keepingRecoveryFor,
  locks,
  page,
  screen,
  servers,
  toast,
  waitingFill,
} from '../state'
import { lost, salvaged, savedRemains, snapshots } from '../health-state'
import {
  FIRST_ROWS,
  forgetLists,
  nextShown,
  pendingOrder,
  readings,
  rowWindow,
  search,
  selection,
  tagFilter,
} from '../list-state'
import { transferParts } from '../scan-state'
import { demo } from '../tour-state'
import { exported, importing } from '../transfer-state'
import { cameBy, sheetToPrint } from '../ways-state'

/** Blanks what the vault held (KEY-8), but for a recovery code that nobody else has (BND-6). */
export function forgetAccounts(): void {
  locks.value = locks.peek() + 1
  entries.value = []
  firstTags.value = []
  codes.value = new Map()
  servers.value = []
  factors.value = new Map()
  found.value = null
  transferParts.value = null
  keepingRecoveryFor.value = null
  page.value = null
  waitingFill.value = null
  search.value = ''
  tagFilter.value = null
  selection.value = null
  nextShown.value = false
  pendingOrder.value = null
  readings.value = new Map()
  rowWindow.value = FIRST_ROWS
  toast.value = null
  forgetRecoveryCode()
  for (const notes of [bindingNote, signInNote]) notes.value = new Map()
  deliveredTo.value = new Map()
  forgetTypedRecovery()
  importing.value?.stop()
  importing.value = null
  exported.value = null
  lost.value = []
  snapshots.value = null
  salvaged.value = null
  savedRemains.value = null
  sheetToPrint.value = null
  demo.value = null
  cameBy.value = null
  screen.value = { name: 'list' }
  forgetLists()
}

/**
 * The old code is spent, and a new one that no account here holds is nowhere but in this page: forgotten, it would lock the user
 * out of the server. So it waits behind the gate for its owner to say that it is written down: BND-6 before KEY-8 and MEM-1.
 */
function forgetRecoveryCode(): void {
  if (recoveryToKeep.value?.reason !== 'recovered-lost') recoveryToKeep.value = null
}
