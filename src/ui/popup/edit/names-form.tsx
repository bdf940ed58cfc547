import { useSignal, type Signal } from '@preact/signals'
import { Plus } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { changeAccount } from '../../actions/accounts'
import { backToList } from '../../actions/navigation'
import { Confirm } from '../../components/confirm'
import { Field, NameField } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'
import { page } from '../../state'
import { AnnotationFields, annotationsIn, useAnnotations } from './annotation-fields'
import { CounterField, counterOf } from './counter-field'

/** Names and sites of an account, what is kept beside them, and an HOTP account's counter. */
export function NamesForm({ entry }: { entry: EntryView }): VNode {
  const issuer = useSignal(entry.issuer)
  const label = useSignal(entry.label)
  const sites = useSignal(entry.sites.join('\n'))
  const annotations = useAnnotations(entry)
  const typed = useSignal(String(entry.counter ?? 0))
  const lowering = useSignal(false)
  const checked = useSignal(false)
  const nameless = !issuer.value.trim() && !label.value.trim()
  const counter = changedCounter(entry, typed.value)
  const check = () => {
    checked.value = true
    return !nameless && counter !== null
  }
  const save = () =>
    void changeAccount(entry.id, {
      issuer: issuer.value.trim(),
      label: label.value.trim(),
      sites: linesOf(sites.value),
      ...annotationsIn(annotations),
      ...(counter === null ? {} : counter),
    })
  return (
    <Form
      place="edit"
      check={check}
      onSubmit={() => (isLower(entry, counter) ? (lowering.value = true) : save())}
      submit={text('save')}
      others={
        <button type="button" onClick={backToList}>
          {text('cancel')}
        </button>
      }
    >
      <NameField
        label={text('issuer')}
        value={issuer}
        problem={checked.value && nameless ? text('name_missing') : null}
        autofocus
      />
      <NameField label={text('account')} value={label} />
      <Field label={text('sites')} value={sites} hint={text('sites_hint')} lines={2} />
      <AddThisSite sites={sites} />
      <AnnotationFields {...annotations} />
      {entry.type === 'hotp' && <CounterField value={typed} checked={checked.value} />}
      {lowering.value && <LowerCounter entry={entry} onAgree={save} onClose={() => (lowering.value = false)} />}
    </Form>
  )
}

interface LowerCounterProps {
  entry: EntryView
  onAgree: () => void
  onClose: () => void
}

function LowerCounter({ entry, onAgree, onClose }: LowerCounterProps): VNode {
  return (
    <Confirm
      title={text('counter_lower_title')}
      lead={text('counter_lower_lead')}
      agree={text('counter_lower_agree')}
      place="edit"
      about={entry}
      onAgree={onAgree}
      onClose={onClose}
    />
  )
}

/** The counter, where the user changed it: a code made meanwhile in another window must not be undone. Null: it is none. */
function changedCounter({ type, counter: stored }: EntryView, typed: string): { counter?: number } | null {
  if (type !== 'hotp' || typed === String(stored ?? 0)) return {}
  const counter = counterOf(typed)
  return counter === null ? null : { counter }
}

/** Codes that were given already would come again (OTP-4). */
function isLower({ counter: stored }: EntryView, changed: { counter?: number } | null): boolean {
  return changed?.counter !== undefined && changed.counter < (stored ?? 0)
}

/** The site in front, written out in full, as one more line. */
function AddThisSite({ sites }: { sites: Signal<string> }): VNode | null {
  const origin = page.value?.origin
  if (!origin || linesOf(sites.value).includes(origin)) return null
  return (
    <div class="actions start">
      <button
        type="button"
        class="site-button"
        onClick={() => (sites.value = [...linesOf(sites.value), origin].join('\n'))}
      >
        <Icon node={Plus} size={16} />
        <span>{text('add_this_site', { site: origin })}</span>
      </button>
    </div>
  )
}

function linesOf(typed: string): readonly string[] {
  return typed.split(/\s+/).filter(Boolean)
}
