import type { BrowserName } from '../tools/find-browser'
import { stopWhileBinding } from './binding'
import { type Profile, damageBothStores, damageOneStore, wipeBothStores } from './disk'
import { stopWhileImporting } from './importing'
import { killWhileBinding } from './killing'
import { lockWhileBinding } from './locking'
import { stopWhileChangingPassphrase } from './passphrase'
import { stopAtPoints } from './points'
import { raceFromThreePages, readBesideWriter } from './racing'
import { stopWhileRecovering } from './recovering'
import { reloadWhileBinding } from './reloading'
import type { Below, Scene } from './scene'
import type { Tally } from './tally'
import { stopWhileUnbinding } from './unbinding'

/** How often one fault is tried: the requirement's figure, and the sample that every run can afford. */
type Figures = readonly [full: number, sample: number]

/** A fault that is tried again and again, with `Where` it happens. */
export interface Campaign<Where> {
  /** As it stands in the table of the README. */
  readonly fault: string
  /** The requirements that it shows. */
  readonly shows: string
  readonly figures: Readonly<Record<BrowserName, Figures>>
  run(where: Where, times: number, below: Below): Promise<Tally>
}

/** Faults that happen to a running browser. */
export const CAMPAIGNS: readonly Campaign<Scene>[] = [
  {
    fault: 'background stopped while recovering',
    shows: 'BND-6',
    figures: { chromium: [100, 10], firefox: [20, 2] },
    run: stopWhileRecovering,
  },
  {
    fault: 'background stopped while binding, at a random moment',
    shows: 'BND-2',
    figures: { chromium: [200, 20], firefox: [50, 6] },
    run: stopWhileBinding,
  },
  {
    fault: 'background stopped at one of the nine points of a binding',
    shows: 'BND-2',
    figures: { chromium: [90, 9], firefox: [0, 0] },
    run: stopAtPoints,
  },
  {
    fault: 'background stopped while unbinding',
    shows: 'BND-7',
    figures: { chromium: [200, 6], firefox: [20, 0] },
    run: stopWhileUnbinding,
  },
  {
    fault: 'vault locked while binding',
    shows: 'BND-12',
    figures: { chromium: [100, 2], firefox: [10, 0] },
    run: lockWhileBinding,
  },
  {
    fault: 'background stopped while importing',
    shows: 'INP-10',
    figures: { chromium: [100, 6], firefox: [20, 2] },
    run: stopWhileImporting,
  },
  {
    fault: 'background stopped while changing the passphrase',
    shows: 'VLT-12',
    figures: { chromium: [200, 2], firefox: [20, 0] },
    run: stopWhileChangingPassphrase,
  },
  {
    fault: 'racing operations from three pages',
    shows: 'VLT-8',
    figures: { chromium: [1_000, 60], firefox: [1_000, 30] },
    run: raceFromThreePages,
  },
  {
    fault: 'reads beside a writer',
    shows: 'VLT-5',
    figures: { chromium: [10_000, 100], firefox: [1_000, 0] },
    run: readBesideWriter,
  },
  {
    fault: 'extension reloaded while binding',
    shows: 'REL-3',
    figures: { chromium: [50, 1], firefox: [5, 0] },
    run: reloadWhileBinding,
  },
  {
    fault: 'browser killed after a write, and while binding',
    shows: 'BND-2, VLT-6',
    figures: { chromium: [50, 1], firefox: [5, 0] },
    run: killWhileBinding,
  },
]

/** Faults that happen to the profile while no browser runs. */
export const DISK_CAMPAIGNS: readonly Campaign<Profile>[] = [
  {
    fault: 'disk fault in the database',
    shows: 'VLT-3, VLT-4',
    figures: { chromium: [12, 1], firefox: [10, 1] },
    run: (profile, times, below) => damageOneStore(profile, 'database', times, below),
  },
  {
    fault: 'disk fault in the mirror',
    shows: 'VLT-3, VLT-4',
    figures: { chromium: [12, 1], firefox: [10, 0] },
    run: (profile, times, below) => damageOneStore(profile, 'storage', times, below),
  },
  {
    fault: 'disk fault in both: unnamed losses',
    shows: 'VLT-3',
    figures: { chromium: [6, 0], firefox: [3, 0] },
    run: damageBothStores,
  },
  {
    fault: 'both emptied or rolled back (accepted risks R1, R6): unsound remains',
    shows: 'VLT-11',
    figures: { chromium: [3, 0], firefox: [4, 0] },
    run: wipeBothStores,
  },
]
