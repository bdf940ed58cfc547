import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { CAMPAIGNS, type Campaign, DISK_CAMPAIGNS } from '../faults/campaigns'
import { type Profile, makeProfile, removeProfile } from '../faults/disk'
import { type Scene, closeScene, openScene } from '../faults/scene'
import { FULL, SEED, note } from '../faults/tally'
import { seeded } from '../support/seeded'
import type { BrowserName } from '../tools/find-browser'

/** The full figures take hours on a slow machine; the sample is over in a minute. */
const TIMEOUT = FULL ? 3_600_000 : 120_000
const BROWSERS = [
  ['chromium', 'Chromium'],
  ['firefox', 'Firefox'],
] as const

/** Runs one campaign with random choices of its own, so that leaving out another does not change them. */
async function prove<Where>(campaign: Campaign<Where>, where: Where, name: BrowserName, label: string): Promise<void> {
  const times = timesOf(campaign, name)
  const { tried, lost, landed } = await campaign.run(where, times, seeded(SEED + seedOf(campaign.fault)))
  note({ fault: campaign.fault, tried, lost: lost.length, where: label }, landed)
  expect(tried).toBe(times)
  expect(lost).toEqual([])
}

/** Another one for each fault, so that none repeats the random choices of another. */
function seedOf(fault: string): number {
  return [...fault].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 0)
}

function timesOf<Where>({ figures }: Campaign<Where>, name: BrowserName): number {
  return figures[name][FULL ? 0 : 1]
}

describe.each(BROWSERS)('%s', (name, label) => {
  let scene: Scene | null = null
  let profile: Profile | null = null

  async function leave(): Promise<void> {
    if (scene) await closeScene(scene)
    scene = null
  }

  // A scene that has seen thousands of bindings is slow, and one in which something failed may be broken.
  afterEach(async ({ task }) => {
    if (FULL || task.result?.state === 'fail') await leave()
  })
  afterAll(async () => {
    await leave()
    if (profile) removeProfile(profile)
  })

  for (const campaign of CAMPAIGNS.filter((one) => timesOf(one, name) > 0)) {
    it(`loses nothing by: ${campaign.fault} (${campaign.shows})`, { timeout: TIMEOUT }, async () => {
      scene ??= await openScene(name)
      await prove(campaign, scene, name, label)
    })
  }

  for (const campaign of DISK_CAMPAIGNS.filter((one) => timesOf(one, name) > 0)) {
    it(`loses nothing by: ${campaign.fault} (${campaign.shows})`, { timeout: TIMEOUT }, async () => {
      profile ??= await makeProfile(name, seeded(SEED))
      await prove(campaign, profile, name, label)
    })
  }
})
