import { useSignal } from '@preact/signals'
import { CircleHelp } from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import type { FieldReason } from '../../../core/code-field'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import type { PageExplanation } from '../../../rpc/fill-calls'
import { copyReport, explainPage, pointAtField } from '../../actions/site'
import { IconButton } from '../../components/button'
import { Dialog } from '../../components/dialog'
import { FailureNote } from '../../components/failure-note'
import { inUse, page, running } from '../../state'
import { reasonText } from './reason-text'
import { SiteName } from './site-name'

/** Opens what was decided on the page in front, and why: a small button on a card, or a line of its own. */
export function Why({ small = false }: { small?: boolean }): VNode | null {
  const open = useSignal(false)
  if (!page.value?.origin) return null
  const ask = () => (open.value = true)
  return (
    <>
      {small ? (
        <IconButton node={CircleHelp} name={text('why_title')} class="icon-button quiet why-small" onClick={ask} />
      ) : (
        <p class="why-line">
          <button type="button" class="link aside" onClick={ask}>
            {text('why_short')}
          </button>
        </p>
      )}
      {open.value && <WhyDialog onClose={() => (open.value = false)} />}
    </>
  )
}

function WhyDialog({ onClose }: { onClose: () => void }): VNode {
  const told = useSignal<PageExplanation | null>(null)
  useEffect(() => void explainPage().then((explanation) => (told.value = explanation)), [])
  const matches = told.value?.accounts.some(({ because }) => because === 'site' || because === 'domain')
  const point = async () => {
    if (await pointAtField()) onClose()
  }
  return (
    <Dialog title={text('why_title')} onClose={onClose}>
      <div class="form why">
        <p class="site-line">
          <SiteName />
        </p>
        {told.value && <Told explanation={told.value} />}
        <FailureNote place="why" />
        {matches && told.value?.field.state !== 'found' && <p class="soft">{text('why_point_hint')}</p>}
        {told.value && (
          <p>
            <button type="button" class="link" onClick={() => void copyReport(told.value?.report ?? '')}>
              {text('why_copy')}
            </button>
          </p>
        )}
        <div class="actions">
          {matches && (
            <button type="button" aria-disabled={running.value.has('why')} onClick={() => void point()}>
              {text('why_point')}
            </button>
          )}
          <button type="button" onClick={onClose}>
            {text('close')}
          </button>
        </div>
      </div>
    </Dialog>
  )
}

function Told({ explanation }: { explanation: PageExplanation }): VNode {
  const { field, inStrangeFrame, passedOver, origin } = explanation
  const speaking = (sign: number) => field.reasons.filter(({ weight }) => Math.sign(weight) === sign)
  if (origin === null) return <p>{text('why_protected')}</p>
  return (
    <>
      <p>{fieldText(field)}</p>
      {inStrangeFrame && <p>{text('why_strange_frame')}</p>}
      {passedOver && <p>{text('why_passed_over')}</p>}
      <Reasons title={text('why_for')} reasons={speaking(1)} />
      <Reasons title={text('why_against')} reasons={speaking(-1)} />
      <Accounts explanation={explanation} />
    </>
  )
}

function fieldText({ state, boxes }: PageExplanation['field']): string {
  if (state === 'none') return text('why_field_none')
  if (state === 'unlikely') return text('why_field_unlikely')
  return boxes > 1 ? text('why_field_boxes', { count: boxes }) : text('why_field_found')
}

function Reasons({ title, reasons }: { title: string; reasons: readonly FieldReason[] }): VNode | null {
  if (reasons.length === 0) return null
  return (
    <section>
      <h3>{title}</h3>
      <ul>
        {reasons.map((reason) => (
          <li key={JSON.stringify(reason)}>{reasonText(reason)}</li>
        ))}
      </ul>
    </section>
  )
}

function Accounts({ explanation: { accounts } }: { explanation: PageExplanation }): VNode {
  const count = (kind: string) => accounts.filter(({ because }) => because === kind).length
  const [others, siteless] = [count('other-site'), count('no-site')]
  return (
    <section>
      <h3>{text('why_accounts')}</h3>
      <ul>
        {accounts.map(({ id, because }) => {
          if (because === 'site') return <li key={id}>{text('why_account_site', { name: nameOf(id) })}</li>
          const domain = page.value?.domain ?? ''
          return because === 'domain' && <li key={id}>{text('why_account_domain', { name: nameOf(id), domain })}</li>
        })}
        {others > 0 && <li>{text('why_accounts_other', { count: others })}</li>}
        {siteless > 0 && <li>{text('why_accounts_no_site', { count: siteless })}</li>}
      </ul>
    </section>
  )
}

function nameOf(id: string): string {
  const entry = inUse.value.find((one) => one.id === id)
  return shownText(`${entry?.issuer ?? ''} ${entry?.label ?? ''}`.trim()) || text('unnamed')
}
