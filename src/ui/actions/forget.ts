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
  waitingFill,
} from '../state'

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
  screen.value = { name: 'list' }
}
