import { LifeBuoy, ShieldCheck } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { Icon } from '../components/icon'
import { inUse } from '../state'
import { AddMenu } from './add-menu'

/** How the vault fares, and the way to add to it. */
export function Footer(): VNode {
  const missing = inUse.value.filter((entry) => entry.phase === 'bound' && !entry.hasRecoveryCode).length
  return (
    <footer class="foot">
      <span class="foot-note">
        <Icon node={missing > 0 ? LifeBuoy : ShieldCheck} size={15} />
        {missing > 0 ? text('recovery_missing', { count: missing }) : text('stored_here')}
      </span>
      <AddMenu />
    </footer>
  )
}
