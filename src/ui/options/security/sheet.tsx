import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import type { WaysView } from '../../../rpc/way-calls'
import { makeFirstSheet, makeSheet } from '../../actions/ways'
import { focusOnce } from '../../components/field'
import { FailureNote } from '../../components/failure-note'
import { PassphraseForm } from '../../components/passphrase-form'
import { running } from '../../state'
import { shortNumber, ways } from '../../ways-state'
import { RemoveWay } from '../remove-way'

/** The recovery sheet: whether there is one, and making it. */
export function SheetPanel(): VNode {
  const asked = useSignal(false)
  const led = useSignal(false)
  const sheet = ways.value?.sheet ?? null
  const known = ways.value !== null
  const free = ways.value?.firstSheetFree === true
  const begin = async () => {
    if (running.value.has('sheet')) return
    asked.value = !free || !(await makeFirstSheet())
  }
  // Who was led here wants a first one, and is not led once more when that is given up or removed.
  useEffect(() => {
    if (!known || location.hash !== '#recovery-sheet') return
    asked.value = sheet === null && !free
    led.value = true
    history.replaceState(null, '', location.pathname + location.search)
  }, [known])
  return (
    <section class="panel" aria-labelledby="recovery-sheet">
      <h3 id="recovery-sheet">{text('recovery_sheet')}</h3>
      <p class="soft">{text('sheet_lead')}</p>
      <FailureNote place="ways" />
      {ways.value && <p role="status">{sheetState(sheet)}</p>}
      {asked.value ? (
        <PassphraseForm
          place="sheet"
          hint={text('make_sheet_hint')}
          submit={text('make_sheet')}
          onPassphrase={makeSheet}
          onDone={() => (asked.value = false)}
        />
      ) : (
        <div class="actions start">
          <button
            type="button"
            class={sheet ? '' : 'primary'}
            ref={led.value && free ? focusOnce : null}
            onClick={() => void begin()}
          >
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
