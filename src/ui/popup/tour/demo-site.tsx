import type { Signal } from '@preact/signals'
import { CircleCheck } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { DemoKind } from '../../../settings'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { Icon } from '../../components/icon'

interface DemoSiteProps {
  kind: DemoKind
  typed: Signal<string>
  /** Null before the first try. */
  signedIn: boolean | null
  onSignIn: () => void
}

/** A page that asks for the code as a site would. It is drawn here: nobody out there hears of the tour. */
export function DemoSite({ kind, typed, signedIn, onSignIn }: DemoSiteProps): VNode {
  return (
    <section class="demo-site" aria-labelledby="demo-site">
      <p class="demo-address" dir="ltr" aria-hidden="true">
        {kind}.demo.example
      </p>
      <div class="demo-page">
        <h3 id="demo-site">{text(`demo_${kind}`)}</h3>
        {signedIn ? (
          <p class="with-icon signed-in" role="status">
            <Icon node={CircleCheck} size={18} />
            {text('demo_signed_in')}
          </p>
        ) : (
          <SignIn typed={typed} refused={signedIn === false} onSignIn={onSignIn} />
        )}
      </div>
    </section>
  )
}

function SignIn({
  typed,
  refused,
  onSignIn,
}: {
  typed: Signal<string>
  refused: boolean
  onSignIn: () => void
}): VNode {
  return (
    <>
      <p class="soft">{text('demo_site_lead')}</p>
      <Form place="tour" failureElsewhere onSubmit={onSignIn} submit={text('sign_in')} quiet>
        <Field label={text('demo_site_code')} value={typed} problem={refused ? text('demo_site_wrong') : null} />
      </Form>
    </>
  )
}
