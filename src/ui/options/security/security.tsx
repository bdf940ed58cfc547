import { Lock } from 'lucide'
import type { VNode } from 'preact'
import { AUTO_LOCK_MINUTES, CLIPBOARD_SECONDS, LONGEST_UNLOCKED_HOURS } from '../../../settings'
import { text } from '../../../i18n/text'
import { preferences } from '../../actions/preferences'
import { lock } from '../../actions/vault'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { PreferenceChoice } from '../../components/preference-choice'
import { AdminSwitch } from './admin-switch'
import { ChangePassphrase } from './change-passphrase'
import { Passkeys } from './passkeys'
import { Section } from '../section'
import { SheetPanel } from './sheet'

/** When the vault locks, and what opens it. */
export function Security(): VNode {
  return (
    <Section
      name="security"
      aside={
        <button type="button" onClick={() => void lock()}>
          <Icon node={Lock} size={15} />
          {text('lock_now')}
        </button>
      }
    >
      <FailureNote place="preferences" />
      <div class="panel settings">
        <PreferenceChoice
          label={text('auto_lock')}
          hint={text('auto_lock_hint')}
          preference={preferences.autoLockMinutes}
          choices={AUTO_LOCK_MINUTES.map((minutes) => [minutes, text('minutes_choice', { minutes })] as const)}
        />
        <PreferenceChoice
          label={text('longest_unlocked')}
          hint={text('longest_unlocked_hint')}
          preference={preferences.longestUnlockedHours}
          choices={LONGEST_UNLOCKED_HOURS.map((hours) => [hours, text('hours_choice', { hours })] as const)}
        />
        <PreferenceChoice
          label={text('clipboard_clear')}
          hint={text('clipboard_clear_hint')}
          preference={preferences.clipboardClearSeconds}
          choices={CLIPBOARD_SECONDS.map((seconds) => [seconds, text('seconds_choice', { seconds })] as const)}
        />
      </div>
      <SheetPanel />
      <Passkeys />
      <ChangePassphrase />
      <AdminSwitch />
    </Section>
  )
}
