import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { FailureNote } from '../components/failure-note'
import { TrashList } from '../components/trash-list'
import { Section } from './section'

/** What happens to accounts beside their daily use: for now, the trash. */
export function Accounts(): VNode {
  return (
    <Section name="accounts" needsVault>
      <FailureNote place="damaged" />
      <FailureNote place="accounts" />
      <div class="panel">
        <h3>{text('trash')}</h3>
        <TrashList />
      </div>
    </Section>
  )
}
