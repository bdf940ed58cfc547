import browser from 'webextension-polyfill'
// oxlint-disable-next-line import/default -- what `?iife` gives
import hintScript from '../../autofill/hint-main.ts?iife'
import { siteOf } from '../../autofill/match'
import { AppError } from '../../core/errors'
import { settings } from '../../settings'
import { patternOf } from './hosts'

/** Whether the hint and the number of accounts are shown on a site. */
export async function isHinted(origin: string): Promise<boolean> {
  return (await settings.hintedHosts.get()).includes(patternOf(origin))
}

/**
 * Shows a hint beside code fields of a site, and the number of its accounts on the toolbar, or ends both. Throws
 * `fill/site-not-granted` unless the user let us in there.
 */
export async function setHint(origin: string, hinted: boolean): Promise<void> {
  if (siteOf(origin) !== origin) throw new AppError('entry/site-invalid')
  const pattern = patternOf(origin)
  const others = (await settings.hintedHosts.get()).filter((one) => one !== pattern)
  if (hinted && !(await isGranted(pattern))) throw new AppError('fill/site-not-granted')
  await settings.hintedHosts.set(hinted ? [...others, pattern] : others)
  await registerHints()
}

/** Registers our script for the hosts that are hinted and granted, and for no other; an update forgets them all. */
export async function registerHints(): Promise<void> {
  const wanted = await settings.hintedHosts.get()
  const granted = await Promise.all(wanted.map(isGranted))
  const matches = wanted.filter((_pattern, at) => granted[at])
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [HINT] })
  if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [HINT] })
  if (matches.length === 0) return
  await browser.scripting.registerContentScripts([
    { id: HINT, matches, js: [hintScript.replace(/^\//, '')], runAt: 'document_idle', persistAcrossSessions: true },
  ])
}

const HINT = 'hint'

function isGranted(pattern: string): Promise<boolean> {
  return browser.permissions.contains({ origins: [pattern] })
}
