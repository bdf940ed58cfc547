import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { FactorView, ServerView } from '../../rpc/server-calls'
import { bind } from '../actions/binding'
import { refreshFactors } from '../actions/servers'
import { FailureNote } from '../components/failure-note'
import { RecoveryCard } from '../components/recovery-card'
import { factors, inUse, running, servers } from '../state'
import { BoundAccount } from './bound-account'
import { mayBind } from './second-factor'
import { Section } from './section'

/** The second factors of who is signed in: what the server has, beside what the vault holds. */
export function Factors(): VNode {
  const shown = servers.value.filter((server) => server.signedIn || (server.pending && mayBind(server.pending)))
  return (
    <Section name="factors" needsVault>
      <p class="soft">{text(shown.length === 0 ? 'factors_none_signed_in' : 'factors_lead')}</p>
      <RecoveryCard />
      {shown.map((server) => (
        <FactorsOf key={server.id} server={server} />
      ))}
    </Section>
  )
}

function FactorsOf({ server }: { server: ServerView }): VNode {
  const id = `factors-${server.id}`
  const place = `factors:${server.id}`
  const known = factors.value.get(server.id)
  const held = inUse.value.filter((entry) => entry.serverId === server.id)
  const missing = (known ?? []).filter((factor) => factor.entryId === null)
  const busy = running.value.has(place)
  return (
    <section class="panel" aria-labelledby={`section-factors ${id} ${id}-app`}>
      <div class="panel-head">
        <h3 id={id}>{new URL(server.appHost).host}</h3>
        <span id={`${id}-app`} class="faint">
          {server.appId}
        </span>
        {server.signedIn && (
          <button type="button" aria-disabled={busy} onClick={() => void refreshFactors(server)}>
            {text('refresh')}
          </button>
        )}
      </div>
      <FailureNote place={place} />
      {known?.length === 0 && held.length === 0 && <p class="soft">{text('factors_empty')}</p>}
      {held.map((entry) => (
        <BoundAccount key={entry.id} entry={entry} factor={known?.find((one) => one.entryId === entry.id) ?? null} />
      ))}
      {missing.map((factor) => (
        <MissingFactor key={factor.id} factor={factor} />
      ))}
      <div class="panel-head">
        <p class="hint">{text('bind_lead')}</p>
        <button
          type="button"
          class={held.length > 0 ? '' : 'primary'}
          aria-disabled={busy}
          onClick={() => void bind(server.id)}
        >
          {text(busy ? 'binding' : 'bind')}
        </button>
      </div>
    </section>
  )
}

/** The server would ask for codes that nobody here can make. */
function MissingFactor({ factor }: { factor: FactorView }): VNode {
  return (
    <div class="method">
      <div class="panel-head">
        <b>{text('factor_totp')}</b>
        <span class="tag tag-confirming">{text(factor.enabled ? 'factor_missing' : 'factor_pending')}</span>
      </div>
      {factor.enabled && <p class="hint">{text('factor_missing_next')}</p>}
    </div>
  )
}
