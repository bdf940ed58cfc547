import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import browser from 'webextension-polyfill'
import { text } from '../../i18n/text'
import { browserName, vaultFormat } from '../actions/versions'
import { preferences } from '../actions/preferences'
import { backupText } from '../components/backup-text'
import { momentText } from '../components/moment-text'
import { NoticeLines } from '../components/notice-lines'
import { lost } from '../health-state'
import { status } from '../state'

/** What a report of a failure should name, and how the vault fares, in a few lines. */
export function VaultFacts(): VNode {
  const name = useSignal('')
  useEffect(() => {
    void browserName().then((found) => (name.value = found))
  }, [])
  return (
    <div class="panel">
      <dl class="facts-list">
        <dt>{text('version')}</dt>
        <dd>{browser.runtime.getManifest().version}</dd>
        <dt>{text('about_browser')}</dt>
        <dd>{name.value}</dd>
        {status.value === 'unlocked' && <State />}
        <dt>{text('last_backup')}</dt>
        <dd>
          {backupText(preferences.lastExportAt.shown.value)}{' '}
          {status.value === 'unlocked' && <a href="#section-transfer">{text('export')}</a>}
        </dd>
      </dl>
    </div>
  )
}

function State(): VNode {
  const format = useSignal<number | null>(null)
  useEffect(() => {
    void vaultFormat().then((found) => (format.value = found))
  }, [])
  const proof = preferences.lastProof.shown.value
  return (
    <>
      <dt>{text('about_vault_format')}</dt>
      <dd>{format.value}</dd>
      <dt>{text('about_storage')}</dt>
      <dd>
        <Storage /> <a href="#section-health">{text('health_see')}</a>
      </dd>
      <dt>{text('last_proof')}</dt>
      <dd>
        {proof ? momentText(proof.at) : text('last_proof_never')}
        {proof && !proof.opened && <p class="problem">{text('proof_failed')}</p>}
      </dd>
    </>
  )
}

/** What is wrong now; what was put right is history, and told among the vault's health. */
function Storage(): VNode {
  const notice = preferences.copiesReport.shown.value
  if (lost.value.length > 0) return <span class="problem">{text('about_storage_damaged')}</span>
  if (notice && notice.healed.length === 0) return <NoticeLines notice={notice} />
  return <>{text('about_storage_whole')}</>
}
