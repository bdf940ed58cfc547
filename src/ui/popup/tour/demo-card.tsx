import type { ComponentChildren, VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../../i18n/text'
import type { DemoView } from '../../../rpc/demo-calls'
import { renewDemo } from '../../actions/tour'
import { Code } from '../../components/code'
import { Ring, secondsLeft } from '../../components/countdown'
import { Mark } from '../../components/mark'
import { now } from '../../state'

/** The demo account as the list shows the account of a site; what can be done with its code stands beside it. */
export function DemoCard({ demo, children }: { demo: DemoView; children?: ComponentChildren }): VNode {
  const { kind, code, validFrom, validUntil } = demo
  const over = now.value >= validUntil
  useEffect(() => {
    if (over) void renewDemo()
  }, [over, validUntil])
  return (
    <article class="card" aria-labelledby="demo-name">
      <div class="card-who">
        <Mark name={text(`demo_${kind}`)} />
        <span class="names">
          <b id="demo-name">{text(`demo_${kind}`)}</b>
          <span dir="ltr">{text('demo_account')}</span>
        </span>
      </div>
      <div class="card-code">
        <Code code={code} />
        <Ring left={validUntil - now.value} of={validUntil - validFrom} />
        <span class="faint" role="timer">
          {text('seconds_short', { seconds: secondsLeft(validUntil, now.value) })}
        </span>
        {children}
      </div>
    </article>
  )
}
