import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { saveRaw } from '../actions/rescue'
import { FailureNote } from '../components/failure-note'

/** All that lies in the stores, for whoever may get more out of it than we do (VLT-14). */
export function SaveRaw(): VNode {
  return (
    <details class="panel">
      <summary>{text('raw_title')}</summary>
      <div class="form">
        <p class="soft">{text('raw_lead')}</p>
        <FailureNote place="save-raw" />
        <div class="actions start">
          <button type="button" onClick={() => void saveRaw()}>
            {text('raw_save')}
          </button>
        </div>
      </div>
    </details>
  )
}
