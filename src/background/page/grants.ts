import browser from 'webextension-polyfill'
import { endHints, hintEverywhere } from './hints'
import { patternOf } from './hosts'

/**
 * Gives a grant back to the browser; false where it keeps it. Hints end before that, since none could be taken away
 * afterwards (FIL-7), and come back where they still belong.
 */
export async function giveBack(pattern: string): Promise<boolean> {
  await endHints()
  try {
    return await browser.permissions.remove({ origins: [pattern] })
  } finally {
    await hintEverywhere()
  }
}

/** Gives the access to a host back to the browser. */
export async function giveBackGrant(address: string): Promise<void> {
  await giveBack(patternOf(address))
}
