import { ShieldOff, TriangleAlert } from 'lucide'
import type { VNode } from 'preact'
import { languageTag, text } from '../../i18n/text'
import { openOptions } from '../actions/navigation'
import { preferences } from '../actions/preferences'
import { Gate } from '../gate/gate'
import { Icon } from '../components/icon'
import { useTitle } from '../components/title'
import { ToastLine } from '../components/toast'
import { shownLanguage, status } from '../state'
import { Credentials } from './credentials'
import { ImportKey } from './import-key'
import { credentials, log } from './state'
import { Unassociate } from './unassociate'
import { UserStatus } from './user-status'

/** The administrator page: thin, warned, and empty while it is turned off (ADM-2). Drawn anew as the popup is. */
export function App({ onRetry }: { onRetry: () => void }): VNode {
  useTitle('page_title_admin')
  return (
    <div key={shownLanguage.value} class="admin">
      <Gate key={status.value} onRetry={onRetry}>
        {() => (preferences.adminPage.shown.value === true ? <Tools /> : <TurnedOff />)}
      </Gate>
      <ToastLine />
    </div>
  )
}

function TurnedOff(): VNode {
  return (
    <main class="centre">
      <span class="emblem">
        <Icon node={ShieldOff} size={26} />
      </span>
      <h1>{text('admin_title')}</h1>
      <p class="soft">{text('admin_off')}</p>
      <div class="actions start">
        <button type="button" class="primary" onClick={openOptions}>
          {text('options')}
        </button>
      </div>
    </main>
  )
}

function Tools(): VNode {
  return (
    <main class="sections">
      <h1>{text('admin_title')}</h1>
      <p class="note">
        <Icon node={TriangleAlert} size={16} />
        <span class="note-text">{text('admin_warning')}</span>
      </p>
      <Credentials />
      {credentials.value && (
        <>
          <UserStatus />
          <Unassociate />
          <ImportKey />
        </>
      )}
      <Log />
    </main>
  )
}

/** What was done here; it holds no secret and goes with the page. */
function Log(): VNode | null {
  if (log.value.length === 0) return null
  return (
    <section class="panel" aria-labelledby="log">
      <h2 id="log">{text('admin_log')}</h2>
      <ul>
        {log.value.map((done, index) => (
          <li key={index}>
            <span class="faint">{new Date(done.at).toLocaleTimeString(languageTag())}</span> {text(done.key)}{' '}
            {done.userId}
          </li>
        ))}
      </ul>
    </section>
  )
}
