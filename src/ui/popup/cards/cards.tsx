import type { VNode } from 'preact'
import { BackupCard, DamageCard, NoticeCard, ProofCard } from './health-cards'
import { Offers } from './offers'
import { ScanFailure } from '../add/scan-failure'
import { Stack } from './stack'
import { TransferCard } from '../add/transfer-card'
import { UnfinishedCard } from './unfinished-card'

/** What came of the last act, and what is to be done about the vault, most important first; mostly nothing. */
export function Cards(): VNode {
  return (
    <>
      <TransferCard />
      <ScanFailure />
      <Stack>
        <DamageCard />
        <UnfinishedCard />
        <ProofCard />
        <NoticeCard />
        <BackupCard />
        <Offers />
      </Stack>
    </>
  )
}
