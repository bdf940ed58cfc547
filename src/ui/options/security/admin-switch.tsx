import type { VNode } from 'preact'
import { useId } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { openAdminPage } from '../../actions/navigation'
import { preferences } from '../../actions/preferences'

/** The administrator page is off until somebody turns it on, warned (ADM-2). */
export function AdminSwitch(): VNode {
  const id = useId()
  const { shown, choose } = preferences.adminPage
  return (
    <div class="panel">
      <label class="check">
        <input
          type="checkbox"
          checked={shown.value === true}
          aria-describedby={id}
          onChange={(event) => void choose(event.currentTarget.checked)}
        />
        <b>{text('admin_switch')}</b>
      </label>
      <p id={id} class="soft">
        {text('admin_switch_warning')}
      </p>
      {shown.value === true && (
        <div class="actions start">
          <button type="button" onClick={openAdminPage}>
            {text('admin_open')}
          </button>
        </div>
      )}
    </div>
  )
}
