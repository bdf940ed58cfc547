import { AppError } from '../core/errors'
import { planWrite, readBack } from './edit'
import { FORMAT } from './format'
import { storeHeader } from './header'
import { puttingAside } from './raw'
import type { VaultRecord } from './record'
import { type Stores, follow, openToWrite } from './stores'
import { commit } from './writing'

/** Makes a record of the next format out of one of this. */
export type Step = (record: VaultRecord) => VaultRecord

/** The step from each former format to the one after it. There is none yet: format 1 is the first. */
export const STEPS: ReadonlyMap<number, Step> = new Map()

/**
 * Lifts the vault to the format of this program, all steps in one transaction, so that it is in the former format or in this one
 * at every instant; what lay there before is put aside (VLT-7). A record that does not open stays as it lies. Under the lock.
 */
export async function migrate(stores: Stores, key: string, steps: ReadonlyMap<number, Step>): Promise<void> {
  for (;;) {
    const { opened, records } = await openToWrite(stores, key)
    if (opened.header.format === FORMAT) return
    const lifted = [...records.values()].flatMap((record) => record ?? []).map(liftFrom(opened.header.format, steps))
    const header = await storeHeader({ ...opened.header, format: FORMAT })
    const entries = lifted.flatMap((record) => (record.kind === 'entry' ? [record.value] : []))
    const servers = lifted.flatMap((record) => (record.kind === 'server' ? [record.value] : []))
    const plan = await planWrite({ ...opened, checksum: header.checksum }, { entries, servers })
    const changes = { ...plan.changes, header, aside: await puttingAside(stores) }
    const write = { from: opened.manifest.generation, to: plan.manifest.generation, changes, rows: plan.rows }
    const reopened = await commit(stores, key, write)
    if (!reopened) continue
    await readBack(reopened, plan)
    await follow(stores, null, changes)
    return
  }
}

/** All steps from `format` on; throws `vault/damaged` where one is missing, since no vault was ever made in such a format. */
function liftFrom(format: number, steps: ReadonlyMap<number, Step>): Step {
  const path: Step[] = []
  for (let from = format; from < FORMAT; from++) {
    const step = steps.get(from)
    if (!step) throw new AppError('vault/damaged')
    path.push(step)
  }
  return (record) => path.reduce((former, step) => step(former), record)
}
