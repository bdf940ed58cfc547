import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { giveBack, grantedOrigins, onGrantsChanged } from '../actions/granted'
import { FailureNote } from '../components/failure-note'

/** What the user has granted beyond the manifest, each with a way to give it back. It names sites, so it needs the open vault. */
export function GrantedSites(): VNode {
  const origins = useSignal<readonly string[]>([])
  useEffect(() => {
    const look = () => void grantedOrigins().then((found) => (origins.value = found))
    look()
    return onGrantsChanged(look)
  }, [])
  return (
    <div class="panel">
      <h3>{text('granted_title')}</h3>
      <FailureNote place="granted" />
      {origins.value.length === 0 ? <p class="soft">{text('granted_none')}</p> : <Origins origins={origins.value} />}
    </div>
  )
}

function Origins({ origins }: { origins: readonly string[] }): VNode {
  return (
    <ul class="granted">
      {origins.map((origin) => (
        <li key={origin}>
          <code id={`granted-${origin}`}>{origin}</code>
          <button type="button" aria-describedby={`granted-${origin}`} onClick={() => void giveBack(origin)}>
            {text('give_back')}
          </button>
        </li>
      ))}
    </ul>
  )
}
