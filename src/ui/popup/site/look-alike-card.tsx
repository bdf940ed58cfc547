import { TriangleAlert } from 'lucide'
import type { VNode } from 'preact'
import type { LookAlikeKind } from '../../../core/code-field'
import { text } from '../../../i18n/text'
import { Icon } from '../../components/icon'
import { page } from '../../state'
import { SiteName } from './site-name'

const TEXTS = {
  letters: 'look_alike_letters',
  'near-miss': 'look_alike_near_miss',
  embedded: 'look_alike_embedded',
  tenant: 'look_alike_tenant',
  insecure: 'look_alike_insecure',
} as const satisfies Record<LookAlikeKind, string>

/** The page in front may be taken for a site of one of the accounts: both are named, and nothing is offered (FIL-2). */
export function LookAlikeCard(): VNode | null {
  const { lookAlike } = page.value ?? {}
  if (!lookAlike) return null
  return (
    <div class="card quiet-card warn-card" role="alert">
      <div class="card-site">
        <Icon node={TriangleAlert} size={16} />
        <SiteName />
      </div>
      <h2>{text('look_alike_title', { site: lookAlike.site })}</h2>
      <p>{text(TEXTS[lookAlike.kind])}</p>
      <p class="soft">{text('look_alike_advice')}</p>
    </div>
  )
}
