import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Stage, launch } from '../e2e/browsers'
import { type OwnPage, PASSPHRASE, addAccount, createVault } from '../e2e/own-page'
import type { BrowserName } from '../tools/find-browser'
import { DAMAGES, type Damage, type StoreName, folderOf } from './disk-damage'
import { randomSecret } from './importing'
import { type Below, ownPage } from './scene'
import { openDatabase, openMirror, readStores } from './stored-vault'
import { type Tally, hit } from './tally'

const ACCOUNTS = 20
const OTHER = 'a passphrase for another vault'

/** A profile with a vault in it, of a browser that has ended in peace. */
export interface Profile {
  readonly name: BrowserName
  readonly folder: string
  readonly ids: readonly string[]
}

export async function makeProfile(name: BrowserName, below: Below): Promise<Profile> {
  const stage = await launch(name)
  const own = await createVault(stage)
  const ids: string[] = []
  for (let i = 0; i < ACCOUNTS; i++) {
    ids.push((await addAccount(own, { label: `account ${i}`, secret: randomSecret(below) })).id)
  }
  await stage.browser.close()
  return { name, folder: stage.profile, ids }
}

export function removeProfile({ folder }: Profile): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** What the vault must be after a fault. */
type Judge = (stage: Stage, profile: Profile) => Promise<Outcome>

/** One store is damaged between two runs of the browser, with each fault in turn (VLT-3, VLT-4). */
export async function damageOneStore(profile: Profile, store: StoreName, times: number, below: Below): Promise<Tally> {
  return damageDisk(profile, { stores: [store], faults: faultsOf(profile, () => true), judge: healed }, times, below)
}

/** Both are damaged, with faults that leave something behind (VLT-3). */
export function damageBothStores(profile: Profile, times: number, below: Below): Promise<Tally> {
  const faults = faultsOf(profile, ({ leavesNoTrace }) => leavesNoTrace !== true)
  return damageDisk(profile, { stores: ['database', 'storage'], faults, judge: honest }, times, below)
}

/** Both are damaged so that neither knows what it held: what there still is must be sound (R1, R6). */
export function wipeBothStores(profile: Profile, times: number, below: Below): Promise<Tally> {
  const faults = faultsOf(profile, ({ leavesNoTrace }) => leavesNoTrace === true)
  return damageDisk(profile, { stores: ['database', 'storage'], faults, judge: sound }, times, below)
}

function faultsOf({ name }: Profile, fits: (damage: Damage) => boolean): string[] {
  return Object.entries(DAMAGES[name]).flatMap(([fault, damage]) => (fits(damage) ? [fault] : []))
}

interface Plan {
  stores: readonly StoreName[]
  faults: readonly string[]
  judge: Judge
}

async function damageDisk(
  profile: Profile,
  { stores, faults, judge }: Plan,
  times: number,
  below: Below,
): Promise<Tally> {
  const from = below(faults.length)
  const lost: string[] = []
  const landed = new Map<string, number>()
  for (let i = 0; i < times; i++) {
    const fault = faults[(from + i) % faults.length] ?? ''
    const stage = await launchDamaged(profile, (folder) => {
      for (const store of stores) DAMAGES[profile.name][fault]?.run(folderOf(profile.name, folder, store), below)
    })
    const { found, wrong } = await judge(stage, profile).finally(() => stage.close())
    hit(landed, `${fault}: ${found}`)
    lost.push(...wrong.map((what) => `${fault} in ${stores.join(' and ')}: ${what}`))
  }
  return { tried: times, lost, landed }
}

/** Starts the browser with a copy of the profile that something has happened to. */
function launchDamaged({ name, folder }: Profile, damage: (copy: string) => void): Promise<Stage> {
  const copy = mkdtempSync(join(tmpdir(), `latchkey-disk-${name}-`))
  cpSync(folder, copy, { recursive: true })
  damage(copy)
  return launch(name, { profile: copy })
}

interface Outcome {
  found: string
  wrong: string[]
}

/** One store is hit: nothing is lost, nothing new is made, and both copies are whole again. */
async function healed(stage: Stage, { ids }: Profile): Promise<Outcome> {
  const own = await ownPage(stage)
  const created = await outcome(own.ask.createVault(OTHER))
  const opened = await outcome(own.ask.unlock(PASSPHRASE))
  const shown = opened === 'done' ? new Set((await own.ask.entries()).map(({ id }) => id)) : new Set()
  const lost = ids.filter((id) => !shown.has(id))
  const whole = opened === 'done' && (await areBothWhole(own, ids))
  return {
    found: opened === 'done' ? `${shown.size} accounts` : opened,
    wrong: [
      ...lost.map((id) => `account ${id} is gone`),
      ...(created === 'vault/already-exists' ? [] : [`another vault could be made: ${created}`]),
      ...(whole ? [] : ['a copy was not healed']),
    ],
  }
}

async function areBothWhole({ page }: OwnPage, ids: readonly string[]): Promise<boolean> {
  const stores = await readStores(page)
  const key = Buffer.from(stores.vaultKey ?? '', 'base64')
  return [openDatabase, openMirror].every((open) => {
    const { entries } = open(stores, key)
    return ids.every((id) => entries.some((entry) => entry.id === id))
  })
}

/** Both are hit: what is missing is named, or the vault is said to be damaged; nothing goes without a word. */
async function honest(stage: Stage, { ids }: Profile): Promise<Outcome> {
  const own = await ownPage(stage)
  const created = await outcome(own.ask.createVault(OTHER))
  const made = created === 'vault/already-exists' ? [] : [`another vault could be made: ${created}`]
  const opened = await outcome(own.ask.unlock(PASSPHRASE))
  if (opened === 'vault/damaged') return { found: 'said to be damaged', wrong: made }
  if (opened !== 'done') return { found: opened, wrong: [...made, `does not open: ${opened}`] }
  const [shown, named] = [(await own.ask.entries()).length, await own.ask.damagedRecords()]
  const silent = ids.length - shown - named
  return {
    found: `${shown} accounts, ${named} named`,
    wrong: [...made, ...(silent > 0 ? [`${silent} accounts are gone without a word`] : [])],
  }
}

/** Nothing can be known of what was there: all that is shown must open, and nothing may be called damaged. */
async function sound(stage: Stage, { ids }: Profile): Promise<Outcome> {
  const own = await ownPage(stage)
  const status = await own.ask.vaultStatus()
  if (status === 'absent') return { found: 'nothing is left', wrong: [] }
  const opened = await outcome(own.ask.unlock(PASSPHRASE))
  if (opened !== 'done') return { found: opened, wrong: opened === 'vault/damaged' ? [] : [`does not open: ${opened}`] }
  const shown = await own.ask.entries()
  const strange = shown.filter(({ id }) => !ids.includes(id))
  return {
    found: `an older state of ${shown.length} accounts`,
    wrong: strange.length > 0 || (await own.ask.damagedRecords()) > 0 ? ['what is left is not sound'] : [],
  }
}

async function outcome(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'done',
    (error: Error) => error.message,
  )
}
