import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { openAdminPage } from '../../actions/navigation'
import { preferences } from '../../actions/preferences'
import { PreferenceSwitch } from '../../components/preference-switch'

/** The administrator page is off until somebody turns it on, warned (ADM-2). */
export function AdminSwitch(): VNode {
  return (
    <div class="panel settings">
      <PreferenceSwitch
        label={text('admin_switch')}
        hint={text('admin_switch_warning')}
        preference={preferences.adminPage}
      />
      {preferences.adminPage.shown.value === true && (
        <div class="actions start">
          <button type="button" onClick={openAdminPage}>
            {text('admin_open')}
          </button>
        </div>
      )}
    </div>
  )
}
