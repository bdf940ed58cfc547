import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { matching, search } from '../../list-state'
import { page } from '../../state'
import { LookAlikeCard } from './look-alike-card'
import { SiteName } from './site-name'
import { UseHereDialog } from './use-here'
import { Why } from './why'
import { WidenOffer } from './widen-offer'

/**
 * No account belongs to the page in front. If it wants a code, one of those that are here may be given to it; if it only
 * looks like the site of one, it is named instead.
 */
export function NoAccountCard(): VNode | null {
  if (!page.value?.origin || matching.value.length > 0 || search.value.trim() !== '') return null
  return (
    <>
      {page.value.lookAlike ? <LookAlikeCard /> : page.value.hasCodeField && <GiveAccountCard />}
      <Why />
    </>
  )
}

function GiveAccountCard(): VNode {
  const choosing = useSignal(false)
  return (
    <div class="card quiet-card">
      <div class="card-site">
        <span class="dot dot-on" />
        <SiteName />
      </div>
      <div class="card-line bare">
        <p>{text('no_account_here')}</p>
        <button type="button" onClick={() => (choosing.value = true)}>
          {text('use_account_here')}
        </button>
      </div>
      <WidenOffer />
      {choosing.value && <UseHereDialog onClose={() => (choosing.value = false)} />}
    </div>
  )
}
