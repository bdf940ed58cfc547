import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { WaysView } from '../../../rpc/way-calls'
import { makeSheet } from '../../actions/ways'
import { FailureNote } from '../../components/failure-note'
import { PassphraseForm } from '../../components/passphrase-form'
import { shortNumber, ways } from '../../ways-state'
import { RemoveWay } from '../remove-way'

/** The recovery sheet: whether there is one, and making it. */
export function SheetPanel(): VNode {
  const asked = useSignal<boolean | null>(null)
  const sheet = ways.value?.sheet ?? null
  // Who was led here wants one.
  const led = ways.value !== null && !sheet && location.hash === '#recovery-sheet'
  const asking = asked.value ?? led
  return (
    <section class="panel" aria-labelledby="recovery-sheet">
      <h3 id="recovery-sheet">{text('recovery_sheet')}</h3>
      <p class="soft">{text('sheet_lead')}</p>
      <FailureNote place="ways" />
      {ways.value && <p role="status">{sheetState(sheet)}</p>}
      {asking ? (
        <PassphraseForm
          place="sheet"
          hint={text('make_sheet_hint')}
          submit={text('make_sheet')}
          onPassphrase={makeSheet}
          onDone={() => (asked.value = false)}
        />
      ) : (
        <div class="actions start">
          <button type="button" class={sheet ? '' : 'primary'} onClick={() => (asked.value = true)}>
            {text(sheet ? 'make_new_sheet' : 'make_sheet')}
          </button>
          {sheet && <RemoveSheet id={sheet.id} />}
        </div>
      )}
    </section>
  )
}

function sheetState(sheet: WaysView['sheet']): string {
  if (!sheet) return text('sheet_none')
  return text(sheet.onPaper ? 'sheet_there' : 'sheet_unconfirmed', { number: shortNumber(sheet.id) })
}

function RemoveSheet({ id }: { id: string }): VNode {
  return (
    <RemoveWay
      id={id}
      name={text('remove_sheet')}
      title={text('remove_sheet_title')}
      lead={text('remove_sheet_lead')}
      removed={text('sheet_removed')}
    />
  )
}
