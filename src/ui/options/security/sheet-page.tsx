import { useSignal } from '@preact/signals'
import { Printer } from 'lucide'
import type { VNode } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { languageTag, text } from '../../../i18n/text'
import { confirmSheet, dropSheet } from '../../actions/ways'
import { Field, focusOnce } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import type { SheetToPrint } from '../../ways-state'

/** A new recovery sheet in place of the options: to be printed, and then shown to be on paper. */
export function SheetPage({ sheet }: { sheet: SheetToPrint }): VNode {
  const page = useRef<HTMLElement>(null)
  // The options may have been left far down; what to do with the sheet stands at the top.
  useLayoutEffect(() => page.current?.scrollIntoView(), [])
  return (
    <main ref={page} class="sheet-page">
      <div class="not-printed sheet-head">
        <p>{text('sheet_print_lead')}</p>
        <button type="button" class="primary with-icon" ref={focusOnce} onClick={() => print()}>
          <Icon node={Printer} size={17} />
          {text('print')}
        </button>
      </div>
      <Paper sheet={sheet} />
      <OnPaper code={sheet.code} />
    </main>
  )
}

/** What the printer gets: large, without colour, readable years later without knowing Latchkey. */
function Paper({ sheet }: { sheet: SheetToPrint }): VNode {
  const id = useId()
  const date = new Intl.DateTimeFormat(languageTag(), { dateStyle: 'long' }).format(sheet.madeAt)
  return (
    <article class="paper" aria-labelledby={id}>
      <h1 id={id}>{text('sheet_title')}</h1>
      <p>
        {text('sheet_number', { number: sheet.number })} · {text('sheet_made_on', { date })}
      </p>
      <p class="sheet-code" dir="ltr">
        {sheet.code.split('-').map((group, at) => (
          <span key={at}>{group}</span>
        ))}
      </p>
      <p>{text('sheet_opens')}</p>
      <h2>{text('sheet_use_title')}</h2>
      <ol>
        <li>{text('sheet_use_1')}</li>
        <li>{text('sheet_use_2')}</li>
        <li>{text('sheet_use_3')}</li>
      </ol>
      <p>{text('sheet_alphabet')}</p>
    </article>
  )
}

/** A sheet counts only once somebody has read from it. */
function OnPaper({ code }: { code: string }): VNode {
  const typed = useSignal('')
  const checked = useSignal(false)
  const right = typed.value.trim().toUpperCase() === code.slice(code.lastIndexOf('-') + 1)
  const check = () => {
    checked.value = true
    return right
  }
  return (
    <div class="not-printed">
      <Form
        place="sheet"
        check={check}
        onSubmit={() => void confirmSheet()}
        submit={text('sheet_on_paper')}
        others={
          <button type="button" onClick={dropSheet}>
            {text('sheet_later')}
          </button>
        }
      >
        <Field
          label={text('sheet_last_group')}
          value={typed}
          hint={text('sheet_last_group_hint')}
          problem={checked.value && !right ? text('sheet_last_group_wrong') : null}
        />
      </Form>
    </div>
  )
}
