import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { preferences } from '../../actions/preferences'
import { takeExportWish } from '../../actions/transfer-export'
import { backupText } from '../../components/backup-text'
import { inUse } from '../../state'
import { Section } from '../section'
import { ExportDialog } from './transfer-export'
import { Guide } from './transfer-guide'
import { ImportPanel } from './transfer-import'
import { LastImports } from './transfer-last-import'

/** Accounts come in from other apps, and go out to a backup or another app. */
export function Transfer(): VNode {
  return (
    <Section name="transfer" needsVault>
      <ImportPanel />
      <LastImports />
      <Guide />
      <ExportPanel />
    </Section>
  )
}

function ExportPanel(): VNode {
  const open = useSignal(false)
  const only = useSignal<readonly string[] | null>(null)
  // The list may have sent the user here with some accounts selected.
  useEffect(() => {
    const openFor = async (): Promise<void> => {
      const ids = await takeExportWish()
      only.value = ids
      open.value ||= ids !== null
    }
    void openFor()
  }, [])
  const close = () => {
    open.value = false
    only.value = null
  }
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
      {open.value && <ExportDialog only={only.value} onClose={close} />}
    </div>
  )
}
