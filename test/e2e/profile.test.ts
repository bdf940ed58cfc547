import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningEmulator, startEmulator } from '../emulator/listen'
import { note } from '../faults/tally'
import { type Canary, bytesCanary, searchProfile, secretCanary, textCanary } from '../support/profile-search'
import { type Stage, launch } from './browsers'
import { by, press, see, seeText, type } from './hands'
import { OPTIONS, type OwnPage, POPUP, allowOrigin, askFrom, stored } from './own-page'

/** What is typed, made up for this test alone, so that any of it in a file can only have come from here. */
const TYPED = {
  passphrase: 'nineteen turquoise kestrels',
  nextPassphrase: 'twenty vermilion ospreys',
  wrongPassphrase: 'eleven ultramarine dippers',
  password: 'Quetzal-Passw0rd-8841',
  account: 'kookaburra@walvis.example',
  search: 'zyzzogeton',
  totp: 'KRUGS4ZANFZSA5DIMUQHIZLTOQQHG2LO',
  hotp: 'NBSXE33OOMQGC3TEEBRWC3TBOJUWK4ZB',
  steam: 'ONXW2ZJAO52GK4RAMJUXEZDTEBTGY6JM',
  pasted: 'MZXXKIDON52GKIDQNRSWC43FEBUGS3DM',
  recoveryCode: '7f3a-91cc-04de-5b68-22e7-90ab',
} as const

const NAMES = [
  'Zanzibarbank',
  'ptarmigan-one',
  'Yokohamamail',
  'ptarmigan-two',
  'Xanadugames',
  'ptarmigan-three',
  'Walvisbay',
]

/** Planted in the ways that the search must see through; each must be found. */
const CONTROLS = {
  local: 'control-alpha-in-storage-local',
  database: 'control-bravo-in-a-database',
  folded: 'control-charlie-only-after-unpacking',
} as const

describe.each(['chromium', 'firefox'] as const)('the profile of %s after the life of a vault', (name) => {
  let stage: Stage
  let emulator: RunningEmulator
  let own: OwnPage
  let popup: Page
  const canaries: Canary[] = []

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0 })
    stage = await launch(name)
    const page = await stage.openOwn(OPTIONS)
    own = { page, ask: askFrom(page) }
    popup = await stage.openOwn(POPUP)
    for (const [what, text] of Object.entries(TYPED)) canaries.push(textCanary(what, text))
    for (const what of ['totp', 'hotp', 'steam', 'pasted'] as const) canaries.push(secretCanary(what, TYPED[what]))
    for (const text of NAMES) canaries.push(textCanary(text, text))
  })

  afterAll(async () => {
    await stage?.close()
    await emulator?.close()
  })

  it('begins with accounts of every kind', async () => {
    await createVault(popup)
    await byHand(popup, { Issuer: NAMES[0] ?? '', Account: NAMES[1] ?? '', Secret: TYPED.totp })
    await byHand(popup, { Issuer: NAMES[2] ?? '', Account: NAMES[3] ?? '', Secret: TYPED.hotp }, 'hotp')
    await byHand(popup, { Issuer: NAMES[4] ?? '', Account: NAMES[5] ?? '', Secret: TYPED.steam }, 'steam')
    await paste(popup, `otpauth://totp/Walvisbay:reader?secret=${TYPED.pasted}&issuer=Walvisbay`)
    expect(await own.ask.entries()).toHaveLength(4)
  })

  it('goes on with all that is done with them', async () => {
    await press(popup, 'Next code')
    await (await see(popup, 'searchbox', 'Search')).type(TYPED.search)
    await popup.keyboard.press('Escape')
    const [first] = await own.ask.entries()
    const id = first?.id ?? ''
    await own.ask.changeEntry(id, { issuer: 'Zanzibarbank', label: 'ptarmigan-one', sites: ['https://bank.example'] })
    await own.ask.trashEntry(id)
    await own.ask.restoreEntry(id)
    await own.ask.codeCopied(id)
    await own.ask.keepRecoveryCode(id, TYPED.recoveryCode)
    expect(await own.ask.showRecoveryCode(id, TYPED.passphrase)).toBe(TYPED.recoveryCode)
    await own.ask.changePassphrase(TYPED.passphrase, TYPED.nextPassphrase)
    await own.ask.lock()
    await expect(own.ask.unlock(TYPED.wrongPassphrase)).rejects.toThrow('vault/wrong-passphrase')
    await own.ask.unlock(TYPED.nextPassphrase)
  })

  it('knows the keys and tokens to look for', async () => {
    await rememberSession('vault key')
    await signInAndBind()
    expect(canaries.map((canary) => canary.name)).toEqual(
      expect.arrayContaining(['vault key', 'mfaToken', 'user token', 'bound secret', 'bound recovery code']),
    )
  })

  it('holds none of it in any file, in any form (VLT-10, KEY-6, MEM-2)', { timeout: 240_000 }, async () => {
    await plantControls(own.page)
    await stage.browser.close()
    const controls = Object.entries(CONTROLS).map(([what, text]) => textCanary(what, text))
    const { files, hits } = searchProfile(stage.profile, [...canaries, ...controls])
    expect(files).toBeGreaterThan(20)
    // Where even these are not found, the search is blind and proves nothing.
    const found = new Set(hits.map((hit) => hit.replace(/:.*$/, '')))
    expect([...found].filter((what) => what in CONTROLS).toSorted()).toEqual(Object.keys(CONTROLS).toSorted())
    const leaks = hits.filter((hit) => !(hit.replace(/:.*$/, '') in CONTROLS))
    const where = name === 'chromium' ? 'Chromium' : 'Firefox'
    note({ fault: 'planted secret searched for in the profile', tried: canaries.length, lost: leaks.length, where })
    expect(leaks).toEqual([])
  })

  /** Adds a server, signs in, binds, and signs in once more, so that every kind of token was there. */
  async function signInAndBind(): Promise<void> {
    await allowOrigin(stage, own, emulator.url)
    const { id } = await own.ask.addServer({ appHost: emulator.url, appId: 'demo-app' })
    await type(own.page, 'Account', TYPED.account)
    await type(own.page, 'Password', TYPED.password)
    await press(own.page, 'Sign in')
    await seeText(own.page, /Account or password is wrong|does not know this user/)
    await own.ask.signIn(id, 'bob', 'bob-Passw0rd')
    canaries.push(textCanary('password', 'bob-Passw0rd'))
    await rememberSession('user token')
    const { id: entryId } = await own.ask.bind(id)
    const outcome = await own.ask.confirmBinding(entryId)
    expect(outcome.kind).toBe('bound')
    const { secret, recoveryCode } = await boundKey('bob')
    canaries.push(secretCanary('bound secret', secret), textCanary('bound recovery code', recoveryCode))
    await own.ask.signOut(id)
    expect((await own.ask.signIn(id, 'bob', 'bob-Passw0rd')).kind).toBe('second-factor')
    await rememberSession('mfaToken')
  }

  async function boundKey(user: string): Promise<{ secret: string; recoveryCode: string }> {
    const { users } = (await (await fetch(`${emulator.url}/__emulator/state`)).json()) as {
      users: { id: string; totp: { secret: string; recoveryCode: string } | null }[]
    }
    return users.find(({ id }) => id === user)?.totp ?? expect.unreachable('not bound')
  }

  /** Reads what only memory may hold, to look for it on the disk. */
  async function rememberSession(what: 'vault key' | 'user token' | 'mfaToken'): Promise<void> {
    const session = await stored(own, 'session')
    if (what === 'vault key') {
      const key = Buffer.from(String(session['vaultKey']), 'base64')
      expect(key).toHaveLength(32)
      canaries.push(bytesCanary(what, key))
      return
    }
    const records = Object.values(session[what === 'mfaToken' ? 'mfaSignIns' : 'mfaSessions'] as object) as Record<
      string,
      string
    >[]
    const token = records[0]?.[what === 'mfaToken' ? 'mfaToken' : 'token'] ?? ''
    expect(token.length).toBeGreaterThan(20)
    // The head of a signed token is the same in all of them.
    canaries.push(textCanary(what, token.slice(-40)))
  }
})

async function createVault(popup: Page): Promise<void> {
  await type(popup, 'Passphrase', TYPED.passphrase)
  await type(popup, 'Repeat passphrase', TYPED.passphrase)
  await press(popup, 'Create vault')
  await see(popup, 'button', 'Add account')
}

async function byHand(popup: Page, fields: Readonly<Record<string, string>>, kind = 'totp'): Promise<void> {
  await press(popup, 'Add account')
  await press(popup, 'Enter by hand', 'menuitem')
  await (await see(popup, 'combobox', 'Type')).select(kind)
  for (const [field, text] of Object.entries(fields)) await type(popup, field, text)
  await press(popup, 'Save')
  await seeText(popup, fields['Account'] ?? '')
  await see(popup, 'list', 'Accounts')
}

async function paste(popup: Page, address: string): Promise<void> {
  await press(popup, 'Add account')
  await press(popup, 'Paste', 'menuitem')
  await type(popup, 'Address', address)
  await press(popup, 'Read')
  const dialog = await see(popup, 'dialog', 'Add account')
  const add = await dialog.waitForSelector(by('button', 'Add'))
  await add?.focus()
  await popup.keyboard.press('Enter')
  await seeText(popup, 'Walvisbay')
}

/** Leaves values where the extension may write: plain, in a database, and so that only unpacking shows them. */
async function plantControls(page: Page): Promise<void> {
  await page.evaluate(async ({ local, database, folded }) => {
    await browser.storage.local.set({ control: local })
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('control', 1)
      request.onupgradeneeded = () => request.result.createObjectStore('values')
      request.addEventListener('success', () => resolve(request.result))
      request.addEventListener('error', () => reject(request.error ?? new Error('failed')))
    })
    // Its second half repeats what stands before it, which is where a packer writes a reference instead.
    const [head, tail] = [folded.slice(0, 20), folded.slice(20)]
    const transaction = db.transaction('values', 'readwrite', { durability: 'strict' })
    transaction.objectStore('values').put(database, 'plain')
    transaction.objectStore('values').put(`${tail} ${head} ${'.'.repeat(64)} ${head}${tail} `.repeat(40), 'folded')
    await new Promise((resolve) => (transaction.oncomplete = resolve))
    db.close()
  }, CONTROLS)
}
