import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Stage, launch } from './browsers'
import { press, see, seeText, type, valueOf } from './hands'
import { OPTIONS, type OwnPage, PASSPHRASE, POPUP, addAccount, createVault, setLockMoment, stored } from './own-page'
import { type TestSite, signInPage, startTestSite } from './test-site'
import { until } from './until'

const BLANK_MS = 500

describe.each(['chromium', 'firefox'] as const)('locking in %s', (name) => {
  let stage: Stage
  let site: TestSite
  let own: OwnPage

  beforeAll(async () => {
    site = await startTestSite()
    stage = await launch(name)
    own = await createVault(stage)
    await addAccount(own, { issuer: 'Heronbank', label: 'wader' })
    await addAccount(own, { issuer: 'Curlewmail', label: 'marsh', secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' })
  })

  afterAll(async () => {
    await stage?.close()
    await site?.close()
  })

  it(`blanks every open page within ${BLANK_MS} ms (KEY-8)`, async () => {
    const popup = await stage.openOwn(POPUP)
    const options = await stage.openOwn(OPTIONS)
    await seeText(popup, 'Heronbank')
    await see(options, 'heading', 'Second factors')
    const watched = [popup, options, own.page]
    await Promise.all(watched.map(noteBlankness))
    const began = await own.page.evaluate(() => Date.now())
    await own.ask.lock()
    for (const page of watched) expect((await blankAt(page)) - began).toBeLessThanOrEqual(BLANK_MS)
    expect(await popup.evaluate(() => document.documentElement.outerHTML)).not.toMatch(/Heronbank|wader|Curlewmail/)
    await options.close()
    // One that stays behind starts over.
    await popup.bringToFront()
    await unlock(popup)
    await seeText(popup, 'Heronbank')
    await popup.close()
  })

  it('leaves no key and no token in memory (KEY-8, ADM-5)', async () => {
    await own.ask.lock()
    expect(Object.keys(await stored(own, 'session')).toSorted()).toEqual([])
    for (const call of ['entries', 'codes', 'servers'] as const) {
      await expect(own.ask[call]()).rejects.toThrow('vault/locked')
    }
    await own.ask.unlock(PASSPHRASE)
  })

  it('stays unlocked while the background is stopped and started again (KEY-5)', async () => {
    await stage.stopBackground()
    expect(await own.ask.codes()).toHaveLength(2)
  })

  it('answers nothing once the deadline has passed, whatever the alarm does (KEY-7)', async () => {
    await setLockMoment(own, Date.now() - 1)
    await stage.stopBackground()
    await expect(own.ask.codes()).rejects.toThrow('vault/locked')
    expect(await own.ask.vaultStatus()).toBe('locked')
    expect(await stored(own, 'session')).not.toHaveProperty('vaultKey')
    await own.ask.unlock(PASSPHRASE)
  })

  it('does not believe a deadline that lies years ahead (KEY-7)', async () => {
    await until(async () => {
      // A page that is still busy with the unlock counts as use: it sets an honest deadline.
      await setLockMoment(own, Date.now() + 10 ** 12)
      return own.ask.codes().then(
        () => false,
        ({ message }: Error) => message === 'vault/locked',
      )
    })
    await own.ask.unlock(PASSPHRASE)
  })

  it('says that a passphrase is wrong, and keeps what was typed and stored', async () => {
    await own.ask.lock()
    const popup = await stage.openOwn(POPUP)
    await type(popup, 'Passphrase', 'not this one at all')
    await press(popup, 'Unlock')
    await seeText(popup, 'That is not the passphrase of this vault.')
    expect(await valueOf(popup, 'Passphrase')).toBe('not this one at all')
    await unlock(popup)
    await seeText(popup, /Heronbank[\s\S]*Curlewmail/)
    await popup.close()
  })

  it('clears a copied code with the popup closed (OTP-5)', { timeout: 90_000 }, async () => {
    site.pages.set('/reader', signInPage('reader'))
    const popup = await stage.openOwn(POPUP)
    const copy = await popup.waitForSelector('[role="listitem"] [data-copy]')
    const code = (await copy?.evaluate((button) => button.textContent.replace(/\D/g, ''))) ?? ''
    await copy?.focus()
    await popup.keyboard.press('Enter')
    const copiedAt = Date.now()
    await seeText(popup, 'Copied. Cleared in 30 s.')
    const reader = await stage.openWeb(`${site.url}/reader`)
    await popup.close()
    expect(await pasted(reader)).toBe(code)
    await until(async () => (await pasted(reader)) === '', 45_000)
    const seconds = (Date.now() - copiedAt) / 1000
    expect(seconds).toBeGreaterThan(25)
    expect(seconds).toBeLessThan(36)
    await reader.close()
  })

  it('makes good one damaged copy of a record from the other (VLT-3)', async () => {
    const { id } = await addAccount(own, {
      issuer: 'Sparrowcloud',
      label: 'reed',
      secret: 'MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U',
    })
    await damageRecord(own, id, ['database'])
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank', 'Curlewmail', 'Sparrowcloud'])
  })

  it('loses a record that is damaged everywhere and no other, and says so (VLT-2)', async () => {
    const [, , sparrow] = await own.ask.entries()
    await damageRecord(own, sparrow?.id ?? '', ['database', 'storage'])
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank', 'Curlewmail'])
    const popup = await stage.openOwn(POPUP)
    await seeText(popup, /Heronbank[\s\S]*Curlewmail/)
    await seeText(popup, 'Damaged records: 1. They were left as they are; the others are fine.')
    await popup.close()
    await addAccount(own, { issuer: 'Ternmail', label: 'dune', secret: 'ORSXG5BAORSXG5BAORSXG5BAORSXG5BA' })
    expect((await own.ask.entries()).map(({ issuer }) => issuer)).toEqual(['Heronbank', 'Curlewmail', 'Ternmail'])
  })
})

async function unlock(page: Page): Promise<void> {
  await type(page, 'Passphrase', PASSPHRASE)
  await press(page, 'Unlock')
}

/** Has the page note when it stopped showing anything of the vault. */
async function noteBlankness(page: Page): Promise<void> {
  await page.evaluate(() => {
    const look = () => {
      const text = document.body.innerText
      if (/locked|Unlock to see/i.test(text) && !/Heronbank|Curlewmail/.test(text)) {
        document.documentElement.dataset['blankAt'] ??= String(Date.now())
      }
    }
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true })
  })
}

async function blankAt(page: Page): Promise<number> {
  const found = await page.waitForSelector('html[data-blank-at]')
  return Number(await found?.evaluate((element) => (element as HTMLElement).dataset['blankAt']))
}

/** What the user would paste into a web page now. */
async function pasted(page: Page): Promise<string> {
  const field = await page.$('input')
  await field?.evaluate((input) => {
    input.value = ''
    input.focus()
  })
  await page.keyboard.down('Control')
  await page.keyboard.press('v', { commands: ['Paste'] })
  await page.keyboard.up('Control')
  return (await field?.evaluate((input) => input.value)) ?? ''
}

/** Turns over one bit of the record's sealed bytes wherever these places keep them, as a failing disk would. */
async function damageRecord({ page }: OwnPage, id: string, places: readonly ('database' | 'storage')[]): Promise<void> {
  await page.evaluate(
    async (recordId, where) => {
      const ended = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.addEventListener('success', () => resolve(request.result))
          request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
        })
      const base64 = (bytes: Uint8Array) => btoa(String.fromCharCode(...bytes))
      const db = await ended(indexedDB.open('latchkey'))
      const rows = db.transaction('rows', 'readwrite').objectStore('rows')
      const [keys, values] = await Promise.all([ended(rows.getAllKeys()), ended(rows.getAll())])
      for (const [index, row] of values.entries()) {
        const cell = (row as { cells: { id: string; sealed: Uint8Array }[] }).cells.find((one) => one.id === recordId)
        if (!cell) continue
        const whole = base64(cell.sealed)
        cell.sealed[20] = (cell.sealed[20] ?? 0) ^ 1
        if (where.includes('database')) await ended(rows.put(row, keys[index] ?? 0))
        if (where.includes('storage')) await replaceInStorage(whole, base64(cell.sealed))
      }
      db.close()

      async function replaceInStorage(before: string, after: string): Promise<void> {
        const items = Object.entries(await browser.storage.local.get())
        const held = items.filter((item): item is [string, string] => typeof item[1] === 'string')
        await browser.storage.local.set(
          Object.fromEntries(held.map(([name, text]) => [name, text.replaceAll(before, after)])),
        )
      }
    },
    id,
    places,
  )
}
