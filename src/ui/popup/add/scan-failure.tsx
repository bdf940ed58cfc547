import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { failedFor } from '../../actions/attempt'
import { show } from '../../actions/navigation'
import { FailureNote } from '../../components/failure-note'

/** Loaded when it is wanted. */
const scanning = () => import('../../actions/scanning')

/** What the tab shows was seen, and not read: another look may tell more. */
const UNREAD = ['scan/nothing-found', 'scan/too-small', 'scan/timed-out'] as const

/** Why scanning the tab failed, and the ways that are left. */
export function ScanFailure(): VNode {
  const perhapsElsewhere = UNREAD.some((code) => failedFor('scan', code))
  return (
    <FailureNote place="scan">
      {perhapsElsewhere && (
        <div class="note-actions">
          <button
            type="button"
            class="link"
            onClick={() => void scanning().then(({ scanWholePage }) => scanWholePage())}
          >
            {text('scan_whole_page')}
          </button>
          <button
            type="button"
            class="link"
            onClick={() => void import('../../actions/page-part').then(({ openPart }) => openPart())}
          >
            {text('scan_part')}
          </button>
        </div>
      )}
      {failedFor('scan', 'scan/page-protected') && (
        <div class="note-actions">
          <button type="button" class="link" onClick={() => void scanning().then(({ openImages }) => openImages())}>
            {text('choose_image')}
          </button>
          <button type="button" class="link" onClick={() => show({ name: 'paste' })}>
            {text('paste')}
          </button>
        </div>
      )}
    </FailureNote>
  )
}
