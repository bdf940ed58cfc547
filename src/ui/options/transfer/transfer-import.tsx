import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import { AppError, isErrorCode } from '../../../core/errors'
import { errorText, text } from '../../../i18n/text'
import { shownText } from '../../../i18n/shown-text'
import { importFiles } from '../../actions/transfer-import'
import { FailureNote } from '../../components/failure-note'
import { failures, running } from '../../state'
import { importing, type ReadingStep } from '../../transfer-state'
import { PasswordDialog } from './transfer-password'
import { ProposalDialog } from './transfer-proposal'

/** Takes files, chosen or dropped, and shows what they hold before anything is stored. */
export function ImportPanel(): VNode {
  const over = useSignal(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    over.value = false
    void importFiles([...(event.dataTransfer?.files ?? [])])
  }
  const dragOver = (event: DragEvent) => {
    event.preventDefault()
    over.value = true
  }
  const step = importing.value
  return (
    <div
      class={over.value ? 'panel drop over' : 'panel drop'}
      onDragOver={dragOver}
      onDragLeave={() => (over.value = false)}
      onDrop={drop}
    >
      <h3>{text('import_title')}</h3>
      <p class="soft">{text('import_lead')}</p>
      <FailureNote place="import">
        <EmptyReason />
      </FailureNote>
      {step?.step === 'reading' ? <Progress at={step} onStop={step.stop} /> : <FileChooser />}
      {step?.step === 'password' && <PasswordDialog key={step.fileName} question={step} onStop={step.stop} />}
      {step?.step === 'proposal' && <ProposalDialog proposal={step} onClose={step.stop} />}
    </div>
  )
}

function FileChooser(): VNode {
  const input = useRef<HTMLInputElement>(null)
  const busy = running.value.has('import')
  return (
    <div class="actions start">
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          // Emptying the field empties its list of files as well.
          void importFiles([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
      <button type="button" class="primary" aria-disabled={busy} onClick={() => input.current?.click()}>
        {text('import')}
      </button>
      <span class="faint">{text('import_drop')}</span>
    </div>
  )
}

function Progress({ at: { fileName, number, of }, onStop }: { at: ReadingStep; onStop: () => void }): VNode {
  return (
    <div class="actions start">
      <progress aria-label={text('import_reading_short')} />
      <span role="status" class="soft">
        {text('import_reading', { number, of, file: shownText(fileName) })}
      </span>
      <button type="button" onClick={onStop}>
        {text('stop')}
      </button>
    </div>
  )
}

/** A file without a single account to import says why its first row was left out. */
function EmptyReason(): VNode | null {
  const error = failures.value.get('import')?.error
  if (!(error instanceof AppError) || error.code !== 'format/empty') return null
  const { row, reason } = error.params
  if (!isErrorCode(reason)) return null
  return (
    <p>
      <b>{shownText(String(row))}</b> {errorText(new AppError(reason))}
    </p>
  )
}
