import { useSignal, type Signal } from '@preact/signals'
import { Plus } from 'lucide'
import type { VNode } from 'preact'
import { AppError } from '../../core/errors'
import { errorText, text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { changeAccount, trashAccount } from '../actions/accounts'
import { backToList } from '../actions/navigation'
import { Confirm } from '../components/confirm'
import { Field, NameField } from '../components/field'
import { Form } from '../components/form'
import { Icon } from '../components/icon'
import { KindLine } from '../components/kind-line'
import { PhaseTag } from '../components/phase-tag'
import { ScreenHead } from '../components/screen-head'
import { inUse, page } from '../state'
import { RecoverySection } from './recovery-section'
import { SecretSection } from './secret-section'

/** What may be changed about an account; how it makes its codes may not. */
export function Edit({ entryId }: { entryId: string }): VNode {
  const entry = inUse.value.find((one) => one.id === entryId)
  return (
    <div class="screen">
      <ScreenHead title={text('edit_title')} />
      <main class="scroll padded">{entry ? <Parts entry={entry} /> : <Gone />}</main>
    </div>
  )
}

function Parts({ entry }: { entry: EntryView }): VNode {
  return (
    <>
      <NamesForm entry={entry} />
      <section class="block">
        <h2>{text('parameters')}</h2>
        <p class="line">
          <KindLine of={entry} />
          <PhaseTag phase={entry.phase} />
        </p>
      </section>
      <RecoverySection entry={entry} />
      <SecretSection entryId={entry.id} />
      <DeleteSection entryId={entry.id} />
    </>
  )
}

/** Another window was faster. */
function Gone(): VNode {
  return <p>{errorText(new AppError('vault/entry-missing'))}</p>
}

function NamesForm({ entry }: { entry: EntryView }): VNode {
  const issuer = useSignal(entry.issuer)
  const label = useSignal(entry.label)
  const sites = useSignal(entry.sites.join('\n'))
  const checked = useSignal(false)
  const nameless = !issuer.value.trim() && !label.value.trim()
  const check = () => {
    checked.value = true
    return !nameless
  }
  const save = () =>
    void changeAccount(entry.id, {
      issuer: issuer.value.trim(),
      label: label.value.trim(),
      sites: linesOf(sites.value),
    })
  return (
    <Form
      place="edit"
      check={check}
      onSubmit={save}
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
    </Form>
  )
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

function DeleteSection({ entryId }: { entryId: string }): VNode {
  const asking = useSignal(false)
  const agree = async () => {
    await trashAccount(entryId)
    asking.value = false
  }
  return (
    <section class="block">
      <button type="button" class="danger-quiet" onClick={() => (asking.value = true)}>
        {text('delete')}
      </button>
      {asking.value && (
        <Confirm
          title={text('delete_title')}
          lead={text('delete_lead')}
          agree={text('delete')}
          place="edit"
          about={inUse.value.find((entry) => entry.id === entryId)}
          onAgree={() => void agree()}
          onClose={() => (asking.value = false)}
        />
      )}
    </section>
  )
}
