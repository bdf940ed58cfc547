import { planWrite } from './edit'
import { puttingAside } from './raw'
import { type Stores, follow, openToWrite } from './stores'
import { commit } from './writing'

/**
 * Takes the records that open in neither copy off the list, at the user's wish. All that lies there is put aside first, so that
 * what is sealed is not thrown away by it. Answers how many there were. Under the lock.
 */
export async function letGoOfLost(stores: Stores, key: string): Promise<number> {
  for (;;) {
    const { opened, records } = await openToWrite(stores, key)
    const remove = [...records].filter(([, record]) => record === null).map(([id]) => id)
    if (remove.length === 0) return 0
    const { changes, manifest, rows } = await planWrite(opened, { remove })
    const from = opened.manifest.generation
    const kept = { ...changes, aside: await puttingAside(stores) }
    if (!(await commit(stores, key, { from, to: manifest.generation, changes: kept, rows }))) continue
    await follow(stores, from, changes)
    return remove.length
  }
}
