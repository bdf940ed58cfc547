import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { matching, page, search } from '../state'
import { SiteName } from './site-name'
import { UseHereDialog } from './use-here'

/** The page in front wants a code, and no account belongs to it: one of those that are here may be given to it. */
export function NoAccountCard(): VNode | null {
  const choosing = useSignal(false)
  if (!page.value?.hasCodeField || matching.value.length > 0 || search.value.trim() !== '') return null
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
      {choosing.value && <UseHereDialog onClose={() => (choosing.value = false)} />}
    </div>
  )
}
