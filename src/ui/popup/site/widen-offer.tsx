import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import { useOnWholeDomain } from '../../actions/site'
import { GuardedButton } from '../../components/button'
import { inUse, page, running } from '../../state'

/** More offers than this are no offer. */
const MOST_OFFERS = 3

/** Accounts of other hosts of this domain may be used on all of it; never offered where strangers share it (FIL-2). */
export function WidenOffer(): VNode {
  const { domain, widenable = [] } = page.value ?? {}
  const near = widenable.flatMap((id) => inUse.value.filter((entry) => entry.id === id)).slice(0, MOST_OFFERS)
  return (
    <>
      {domain &&
        near.map(({ id, issuer, label, sites }) => (
          <div key={id} class="card-line stacked">
            <p>{text('widen_lead', { name: shownText(`${issuer} ${label}`.trim()), site: hostOf(sites[0] ?? '') })}</p>
            <GuardedButton aria-disabled={running.value.has('use-here')} onClick={() => void useOnWholeDomain(id)}>
              {text('widen_site', { domain })}
            </GuardedButton>
          </div>
        ))}
    </>
  )
}

function hostOf(site: string): string {
  return URL.canParse(site) ? new URL(site).host : site
}
