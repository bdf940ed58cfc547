import type { Binding, Entry, NewEntry, PortableBinding, Server } from '../core/entry'
import { stepAt } from '../core/otp'
import type { CarriedEntry } from '../rpc/transfer-calls'
import type { Contents } from '../vault/contents'
import { draftOf } from './drafts'

/** An entry on its way out, without what it is at a server. */
export function carriedOf(entry: Entry): CarriedEntry {
  const { counter, pin, groups, note, favourite, recoveryCode, createdAt, usedAt, lastStepUsed } = entry
  return {
    type: entry.type,
    issuer: entry.issuer,
    label: entry.label,
    secret: draftOf(entry, '').secret,
    algorithm: entry.algorithm,
    digits: entry.digits,
    periodSeconds: entry.periodSeconds,
    sites: entry.sites,
    ...(counter === undefined ? {} : { counter }),
    ...(pin === undefined ? {} : { pin }),
    ...(groups ? { groups } : {}),
    ...(note ? { note } : {}),
    ...(favourite ? { favourite } : {}),
    ...(recoveryCode ? { recoveryCode } : {}),
    createdAt,
    ...(usedAt === undefined ? {} : { usedAt }),
    ...(lastStepUsed === undefined ? {} : { lastStepUsed }),
  }
}

/** As `carriedOf`, and with the entry's binding, whose server is one of these. */
export function carriedWith(servers: readonly Server[]): (entry: Entry) => CarriedEntry {
  return (entry) => {
    const binding = portable(entry.binding, servers)
    return { ...carriedOf(entry), ...(binding ? { binding } : {}) }
  }
}

/** The binding with its server by address; null without one, or without the server. */
function portable(binding: Binding | undefined, servers: readonly Server[]): PortableBinding | null {
  const server = servers.find(({ id }) => id === binding?.serverId)
  if (!binding || !server) return null
  const { serverId: _here, ...rest } = binding
  const { appHost, appId, userPoolId } = server
  return { ...rest, appHost, appId, ...(userPoolId ? { userPoolId } : {}) }
}

/** When it was made and used, as our own backup has it. What lies ahead of now did not happen. */
export function pastOf(
  { createdAt, usedAt, lastStepUsed }: CarriedEntry,
  entry: NewEntry,
  now: number,
): Pick<Entry, 'createdAt' | 'usedAt' | 'lastStepUsed'> {
  return {
    createdAt: Math.min(createdAt ?? now, now),
    ...(usedAt === undefined ? {} : { usedAt: Math.min(usedAt, now) }),
    ...(lastStepUsed === undefined ? {} : { lastStepUsed: Math.min(lastStepUsed, stepAt(entry, now)) }),
  }
}

/**
 * Finds what a backup says of a binding in this vault: the server must be here already, since a file opens no way to a host, and
 * nobody else may be that user's factor there. What was bound then is for the server's list to say now (BND-3).
 */
export function bindingFinder({ entries, servers }: Contents): (draft: CarriedEntry) => Binding | null {
  const placeOf = ({ serverId, userId }: Binding): string => `${serverId}\n${userId}`
  const taken = new Set(entries.flatMap(({ binding }) => (takesPlace(binding) ? [placeOf(binding)] : [])))
  return ({ binding: abroad }) => {
    const server = servers.find(({ appHost, appId }) => appHost === abroad?.appHost && appId === abroad.appId)
    if (!server || !abroad) return null
    const { account, userId, phase } = abroad
    const binding = { serverId: server.id, account, userId, phase: phase === 'bound' ? 'confirming' : phase } as const
    if (!takesPlace(binding)) return binding
    if (taken.has(placeOf(binding))) return null
    taken.add(placeOf(binding))
    return binding
  }
}

/** Whether an entry with this binding is, or may become, its user's factor. */
function takesPlace(binding: Binding | undefined): binding is Binding {
  return binding !== undefined && binding.phase !== 'unbound'
}
