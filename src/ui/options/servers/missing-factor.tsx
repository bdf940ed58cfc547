import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { FactorView, ServerView } from '../../../rpc/server-calls'
import { adopt } from '../../actions/binding'
import { running } from '../../state'

/** A factor that the server lists and the vault does not hold: what it asks for nobody here can make, until it is adopted. */
export function MissingFactor({
  factor,
  server,
  beside,
}: {
  factor: FactorView
  server: ServerView
  /** Whether the vault holds another secret for the same user. */
  beside: boolean
}): VNode {
  const busy = running.value.has(`factors:${server.id}`)
  return (
    <div class="method">
      <div class="panel-head">
        <b>{text('factor_totp')}</b>
        <span class="tag tag-confirming">{text(factor.enabled ? 'factor_missing' : 'factor_pending')}</span>
      </div>
      {factor.enabled && (
        <>
          <p class="hint">{text(beside ? 'factor_other_secret' : 'factor_missing_next')}</p>
          <div class="actions start">
            <button type="button" class="primary" aria-disabled={busy} onClick={() => void adopt(server.id, factor.id)}>
              {text(busy ? 'adopting' : 'adopt')}
            </button>
          </div>
        </>
      )}
    </div>
  )
}
