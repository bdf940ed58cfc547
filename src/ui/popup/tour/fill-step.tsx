import { useSignal } from '@preact/signals'
import { CornerDownLeft } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { DemoView } from '../../../rpc/demo-calls'
import { signInToDemo } from '../../actions/tour'
import { GuardedButton } from '../../components/button'
import { focusOnce } from '../../components/field'
import { Icon } from '../../components/icon'
import { DemoCard } from './demo-card'
import { DemoSite } from './demo-site'
import { RemoveDemo } from './remove-demo'
import { StepHead } from './step-head'

/** The second step: a sign-in page that wants the code, and the button that fills it. */
export function FillStep({ demo }: { demo: DemoView }): VNode {
  const typed = useSignal('')
  const signedIn = useSignal<boolean | null>(null)
  const signIn = async () => {
    signedIn.value = await signInToDemo(typed.value)
  }
  return (
    <>
      <StepHead
        step={2}
        title={text('tour_fill_title')}
        {...(signedIn.value ? {} : { lead: text('tour_fill_text') })}
      />
      {!signedIn.value && (
        <DemoCard demo={demo}>
          <GuardedButton class="primary fill" ref={focusOnce} onClick={() => (typed.value = demo.code)}>
            {text('fill_code')} <Icon node={CornerDownLeft} size={16} />
          </GuardedButton>
        </DemoCard>
      )}
      <DemoSite kind={demo.kind} typed={typed} signedIn={signedIn.value} onSignIn={() => void signIn()} />
      <div class="actions">
        <RemoveDemo primary={signedIn.value === true} />
      </div>
    </>
  )
}
