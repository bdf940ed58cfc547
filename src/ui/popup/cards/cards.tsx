import type { VNode } from 'preact'
import { HealthCards } from './health-cards'
import { Offers } from './offers'
import { ScanFailure } from '../add/scan-failure'
import { TransferCard } from '../add/transfer-card'
import { UnfinishedCard } from './unfinished-card'

/** What is to be done about the vault and what was begun; each card shows itself where there is a reason. */
export function Cards(): VNode {
  return (
    <>
      <UnfinishedCard />
      <HealthCards />
      <Offers />
      <TransferCard />
      <ScanFailure />
    </>
  )
}
