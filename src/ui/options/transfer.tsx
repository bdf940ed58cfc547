import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { preferences } from '../actions/preferences'
import { backupText } from '../components/backup-text'
import { inUse } from '../state'
import { Section } from './section'
import { ExportDialog } from './transfer-export'
import { Guide } from './transfer-guide'
import { ImportPanel } from './transfer-import'
import { LastImport } from './transfer-last-import'

/** Accounts come in from other apps, and go out to a backup or another app. */
export function Transfer(): VNode {
  return (
    <Section name="transfer" needsVault>
      <ImportPanel />
      <LastImport />
      <Guide />
      <ExportPanel />
    </Section>
  )
}

function ExportPanel(): VNode {
  const open = useSignal(false)
  const nothing = inUse.value.length === 0
  return (
    <div class="panel">
      <div class="panel-head">
        <h3>{text('export_title')}</h3>
        <span class="faint">{backupText(preferences.lastExportAt.shown.value)}</span>
      </div>
      <p class="soft">{text(nothing ? 'export_nothing' : 'export_lead')}</p>
      <div class="actions start">
        <button type="button" disabled={nothing} onClick={() => (open.value = true)}>
          {text('export')}
        </button>
      </div>
      {open.value && <ExportDialog onClose={() => (open.value = false)} />}
    </div>
  )
}
