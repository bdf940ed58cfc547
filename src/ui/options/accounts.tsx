import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { TrashList } from '../components/trash-list'
import { Section } from './section'

/** What happens to accounts beside their daily use: for now, the trash. */
export function Accounts(): VNode {
  return (
    <Section name="accounts" needsVault>
      <h3>{text('trash')}</h3>
      <TrashList />
    </Section>
  )
}
