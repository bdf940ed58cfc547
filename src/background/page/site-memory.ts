import { siteMatches, siteOf, widenedSite } from '../../autofill/match'
import type { TaughtField } from '../../core/code-field'
import type { Entry, SiteMemory } from '../../core/entry'
import { AppError } from '../../core/errors'
import type { SiteView } from '../../rpc/fill-calls'
import { changeEntry, liveEntries } from '../entries'
import { isHinted, setHint } from './hints'

/** What the user taught us about the fields of a site; every account that belongs there may know it. */
export function taughtFields(entries: readonly Entry[], origin: string): readonly TaughtField[] {
  return memoriesOf(entries, origin).flatMap(({ field }) => (field ? [field] : []))
}

/** Whether forms of this site are sent once a code is in them. */
export function submitsOn(entries: readonly Entry[], origin: string): boolean {
  return memoriesOf(entries, origin).some(({ submit }) => submit === true)
}

/** Keeps the field at which the user pointed, with every account that belongs to the site. */
export async function rememberField(origin: string, field: TaughtField): Promise<void> {
  await changeMemory(origin, (memory) => ({ ...memory, field }))
}

/** Whether forms of this site are to be sent once a code is in them. */
export async function setAutoSubmit(origin: string, submit: boolean): Promise<void> {
  await changeMemory(origin, ({ submit: _before, ...memory }) => (submit ? { ...memory, submit } : memory))
}

/** Everything that is remembered of a site; the accounts stay. */
export async function forgetSite(origin: string): Promise<void> {
  await changeMemory(origin, () => ({}))
  if (await isHinted(origin)) await setHint(origin, false)
}

/** The sites of all accounts in use, with what is remembered of each. */
export async function rememberedSites(): Promise<readonly SiteView[]> {
  const entries = await liveEntries()
  const origins = entries.flatMap(({ sites, siteMemory }) => [
    ...sites.filter((site) => site.includes('://')),
    ...Object.keys(siteMemory ?? {}),
  ])
  return Promise.all(
    [...new Set(origins)].toSorted().map(async (origin) => ({
      origin,
      hasField: taughtFields(entries, origin).length > 0,
      submit: submitsOn(entries, origin),
      hint: await isHinted(origin),
    })),
  )
}

/** Offers an account on all hosts of the domain of `origin`. Throws `entry/site-invalid` where strangers share it (FIL-2). */
export async function widenSite(entryId: string, origin: string): Promise<void> {
  const domain = widenedSite(origin)
  if (domain === null) throw new AppError('entry/site-invalid')
  await changeEntry(entryId, (entry) => {
    const reached = entry.sites.some((site) => site === domain || widenedSite(site) === domain)
    if (!reached) throw new AppError('entry/site-invalid')
    return { ...entry, sites: [...new Set([...entry.sites, domain])] }
  })
}

async function changeMemory(origin: string, edit: (memory: SiteMemory) => SiteMemory): Promise<void> {
  if (siteOf(origin) !== origin) throw new AppError('entry/site-invalid')
  const concerned = (await liveEntries()).filter((entry) => isConcerned(entry, origin))
  for (const { id } of concerned) await changeEntry(id, (entry) => withMemory(entry, origin, edit))
}

function isConcerned({ sites, siteMemory }: Entry, origin: string): boolean {
  return sites.some((site) => siteMatches(site, origin)) || memoryOf(siteMemory, origin) !== undefined
}

function withMemory(entry: Entry, origin: string, edit: (memory: SiteMemory) => SiteMemory): Entry {
  const { siteMemory, ...rest } = entry
  const memory = edit(memoryOf(siteMemory, origin) ?? {})
  const others = Object.entries(siteMemory ?? {}).filter(([site]) => site !== origin)
  const kept = Object.keys(memory).length > 0 ? [...others, [origin, memory] as const] : others
  return kept.length > 0 ? { ...rest, siteMemory: Object.fromEntries(kept) } : rest
}

function memoriesOf(entries: readonly Entry[], origin: string): readonly SiteMemory[] {
  return entries.flatMap(({ siteMemory }) => memoryOf(siteMemory, origin) ?? [])
}

function memoryOf(memory: Entry['siteMemory'], origin: string): SiteMemory | undefined {
  return memory && Object.hasOwn(memory, origin) ? memory[origin] : undefined
}
