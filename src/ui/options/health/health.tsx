import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { loadHealth, proveSnapshot } from '../../actions/health'
import { preferences } from '../../actions/preferences'
import { backupText } from '../../components/backup-text'
import { FailureNote } from '../../components/failure-note'
import { momentText } from '../../components/moment-text'
import { NoticeLines } from '../../components/notice-lines'
import { SaveRaw } from '../../gate/save-raw'
import { StartAnew } from '../../gate/start-anew'
import { entries, status } from '../../state'
import { Aside } from './aside'
import { Lost } from './lost'
import { Section } from '../section'
import { Snapshots } from './snapshots'

/** Whether the vault is whole, and the ways back. Some of it needs no key. */
export function Health(): VNode {
  return (
    <Section name="health">
      {status.value === 'unlocked' && <Open />}
      <Aside />
      <SaveRaw />
      <StartAnew />
    </Section>
  )
}

function Open(): VNode {
  // A snapshot is kept with an import, and with much else that changes how many accounts there are.
  useEffect(() => void loadHealth(), [entries.value.length])
  return (
    <>
      <FailureNote place="health" />
      <Lost />
      <Facts />
      <Snapshots />
    </>
  )
}

function Facts(): VNode {
  const proof = preferences.lastProof.shown.value
  const notice = preferences.copiesReport.shown.value
  return (
    <div class="panel">
      <dl class="facts-list">
        <dt>{text('last_proof')}</dt>
        <dd>
          {proof ? momentText(proof.at) : text('last_proof_never')}
          {proof && !proof.opened && <p class="problem">{text('proof_failed')}</p>}
        </dd>
        <dt>{text('last_backup')}</dt>
        <dd>
          {backupText(preferences.lastExportAt.shown.value)} <a href="#section-transfer">{text('export')}</a>
        </dd>
        <dt>{text('last_notice')}</dt>
        <dd>
          {notice ? momentText(notice.at) : text('last_notice_never')}
          {notice && <NoticeLines notice={notice} />}
        </dd>
      </dl>
      <div class="actions start">
        <button type="button" onClick={() => void proveSnapshot()}>
          {text('verify_now')}
        </button>
      </div>
    </div>
  )
}
