import browser from 'webextension-polyfill'
import { AppError } from '../../core/errors'
import { text } from '../../i18n/text'
import { background } from '../../rpc/client'
import type { PageExplanation, SiteView } from '../../rpc/fill-calls'
import { entries, page, tabId } from '../state'
import { loadAccounts } from './accounts'
import { attempt, load } from './attempt'
import { isPopup, lookAtTab } from './page'
import { say } from './toast'

/** Why the page in front is filled or not; null with the reason on the screen. */
export async function explainPage(): Promise<PageExplanation | null> {
  const target = tabId.value
  return target === null ? null : load('why', () => background.explainPage(target))
}

/** Lets the user point at the field on the page. The popup makes room; what he points at is remembered for the site. */
export async function pointAtField(): Promise<boolean> {
  const target = tabId.value
  if (target === null || (await attempt('why', () => background.pickField(target))) === null) return false
  say({ text: text('why_pointing') })
  if (await isPopup()) window.close()
  return true
}

/** Copies what may go into a bug report. */
export async function copyReport(report: string): Promise<void> {
  const copied = await attempt('why', () =>
    navigator.clipboard.writeText(report).catch((cause: unknown) => {
      throw new AppError('clipboard/refused', {}, { cause })
    }),
  )
  if (copied !== null) say({ text: text('why_copied') })
}

/** Lets the account's codes be filled in on all hosts of the domain in front; true when it is so. */
export async function useOnWholeDomain(entryId: string): Promise<boolean> {
  const { origin, domain } = page.value ?? {}
  const entry = entries.value.find(({ id }) => id === entryId)
  if (!origin || !domain || !entry) return false
  const widened = await attempt('use-here', async () => {
    await background.widenSite(entryId, origin)
    await loadAccounts()
  })
  if (widened === null) return false
  say({ text: text('widen_done', { name: entry.issuer || entry.label, domain }) })
  await lookAtTab()
  return true
}

/** The sites of all accounts, with what is remembered of each; empty where they cannot be read. */
export async function readSites(): Promise<readonly SiteView[]> {
  return (await load('sites', () => background.rememberedSites())) ?? []
}

/** Whether forms of this site are to be sent once a code is in them. */
export async function setAutoSubmit(origin: string, submit: boolean): Promise<void> {
  await attempt('sites', () => background.setAutoSubmit(origin, submit))
}

/** Whether a hint stands beside code fields of this site; asks the user to let us in there first. */
export async function setHint(origin: string, hint: boolean): Promise<void> {
  const { protocol, hostname } = new URL(origin)
  // Asked at once: the browser takes it for the user's wish only within his click.
  const granted = hint ? browser.permissions.request({ origins: [`${protocol}//${hostname}/*`] }) : true
  await attempt('sites', async () => {
    if (await granted) await background.setHint(origin, hint)
  })
}

/** Forgets what is remembered of a site; the accounts stay. */
export async function forgetSite(origin: string): Promise<void> {
  if ((await attempt('sites', () => background.forgetSite(origin))) !== null) say({ text: text('sites_forgotten') })
}
