import browser from 'webextension-polyfill'
import { type Sender, serve } from '../rpc/server'
import type { Answer } from '../rpc/wire'
import { AUTO_LOCK_ALARM, forgetIfDue, lock, lockIfDue, lockWithScreen } from './vault/autolock'
import { countAccounts, countEverywhere, recountAfterChange, recountEverywhere } from './page/badge'
import { CLIPBOARD_ALARM, clearClipboardIfDue } from './clipboard'
import { fillClicked, fillHere } from './page/commands'
import { FILL_MENU, clickedIn, createContextMenus } from './page/context-menus'
import { FILL_ALARM, fillIfDue } from './page/fill'
import { FILL_COMMAND, forgetUngranted, hintEverywhere, hintIn } from './page/hints'
import { settleOpenFlows } from './mfa/open-flows'
import { pageCalls } from './page-calls'
import { SCAN_MENU, createPictureMenu, pickPicture } from './page/picked-picture'
import { isMirrored } from '../vault/mirror'
import { KEY_ITEM } from '../vault/session'
import { unasked } from './unasked'
import { UPDATE_ALARM, updateIfFree, updateSoon } from './vault/update'

/** Most starts are for a call, and whoever waits for its answer comes before what nobody waits for. */
const SETTLE_AFTER_MS = 1_000

const PAGES = ['popup', 'options', 'admin'].map((name) => browser.runtime.getURL(`src/ui/${name}/index.html`))

// Every listener is registered in the first turn: the browser may have woken us for any one of them.
const answered = serve(pageCalls, { extensionId: browser.runtime.id, pageUrls: PAGES })
browser.runtime.onMessage.addListener(((message: unknown, sender: Sender, respond: (answer: Answer) => void) => {
  const answer = answered(message, sender)
  void answer?.then(respond)
  // Not every Chrome we are for takes a promise for an answer.
  return answer !== undefined
}) as never)

const alarms: Readonly<Record<string, (now: number) => Promise<void>>> = {
  [AUTO_LOCK_ALARM]: lockIfDue,
  [CLIPBOARD_ALARM]: clearClipboardIfDue,
  [FILL_ALARM]: fillIfDue,
  [UPDATE_ALARM]: updateIfFree,
}
browser.alarms.onAlarm.addListener(({ name }) => unasked(alarms[name]?.(Date.now())))

browser.commands.onCommand.addListener((command, tab) => {
  if (command === FILL_COMMAND && tab?.id !== undefined) unasked(fillHere(tab.id))
})
// Chromium tells nothing of other keys; there they are named from the next page on.
browser.commands.onChanged?.addListener(() => unasked(hintEverywhere()))
browser.contextMenus.onClicked.addListener(({ menuItemId, ...clicked }, tab) => {
  if (menuItemId === FILL_MENU && tab?.id !== undefined) unasked(fillClicked(tab.id, clickedIn(clicked)))
  if (menuItemId === SCAN_MENU && tab?.id !== undefined) unasked(pickPicture(clicked, tab.id))
})

browser.tabs.onUpdated.addListener((tabId, change, { url }) => {
  // Complete may be a page only when its last picture is; the hint waits for no more than its text.
  if (change.status !== undefined) unasked(hintIn(tabId, url))
  if (change.status === 'complete') unasked(countAccounts(tabId, url))
})
browser.permissions.onRemoved.addListener(() => unasked(forgetUngranted().then(recountEverywhere)))
browser.storage.local.onChanged.addListener((changes) => {
  if (Object.keys(changes).some(isMirrored)) unasked(recountAfterChange())
})
browser.storage.session.onChanged.addListener((changes) => {
  if (KEY_ITEM in changes) unasked(countEverywhere())
})

browser.runtime.onStartup.addListener(() => unasked(lock()))
browser.runtime.onUpdateAvailable.addListener(() => unasked(updateSoon(Date.now())))
browser.runtime.onInstalled.addListener(() => {
  unasked(lock())
  unasked(hintEverywhere())
  unasked(
    createContextMenus(browser.i18n.getMessage('command_fill_code')).then(() =>
      createPictureMenu(browser.i18n.getMessage('menu_scan_picture')),
    ),
  )
})
lockWithScreen()
unasked(closeSessionToScripts())
unasked(wake(Date.now()))

/** What each start of the background looks after: a deadline that passed, and what a stop may have interrupted. */
async function wake(now: number): Promise<void> {
  await forgetIfDue(now)
  setTimeout(() => unasked(settleOpenFlows(Date.now(), now)), SETTLE_AFTER_MS)
}

/** Firefox has no such call; there the area is closed to content scripts by itself (trap 29). */
async function closeSessionToScripts(): Promise<void> {
  await globalThis.chrome?.storage?.session?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
  await globalThis.chrome?.storage?.local?.setAccessLevel?.({ accessLevel: 'TRUSTED_CONTEXTS' })
}
