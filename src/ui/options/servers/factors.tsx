import type { VNode } from 'preact'
import { isUnfinished } from '../../../core/entry'
import { text } from '../../../i18n/text'
import type { FactorsView, ServerView } from '../../../rpc/server-calls'
import { bind } from '../../actions/binding'
import { failedFor } from '../../actions/attempt'
import { refreshFactors } from '../../actions/servers'
import { FailureNote } from '../../components/failure-note'
import { RecoveryCard } from '../../components/recovery-card'
import { factors, inUse, running, servers } from '../../state'
import { BoundAccount } from './bound-account'
import { ClockCard } from './clock-card'
import { MissingFactor } from './missing-factor'
import { mayBind } from './second-factor'
import { Section } from '../section'

/** The second factors of who is signed in: what the server has, beside what the vault holds; and what waits for a sign-in. */
export function Factors(): VNode {
  const reachable = servers.value.filter(isReachable)
  const waiting = servers.value.filter((server) => !isReachable(server) && unfinishedAt(server).length > 0)
  const none = reachable.length + waiting.length === 0
  return (
    <Section name="factors" needsVault>
      <p class="soft">{text(none ? 'factors_none_signed_in' : 'factors_lead')}</p>
      <RecoveryCard />
      {reachable.map((server) => (
        <FactorsOf key={server.id} server={server} />
      ))}
      {waiting.map((server) => (
        <WaitingFor key={server.id} server={server} />
      ))}
    </Section>
  )
}

/** Whether the server can be asked about somebody's factors now. */
function isReachable({ signedIn, pending }: ServerView): boolean {
  return signedIn || (pending !== null && mayBind(pending))
}

function unfinishedAt(server: ServerView) {
  return inUse.value.filter((entry) => entry.serverId === server.id && isUnfinished(entry.phase))
}

const NOTHING_KNOWN: FactorsView = { listed: [], notThere: [] }

function FactorsOf({ server }: { server: ServerView }): VNode {
  const place = `factors:${server.id}`
  const asked = factors.value.get(server.id)
  const { listed, notThere } = asked ?? NOTHING_KNOWN
  const held = inUse.value.filter((entry) => entry.serverId === server.id)
  const missing = listed.filter((factor) => factor.entryId === null)
  const busy = running.value.has(place)
  return (
    <section class="panel" aria-labelledby={labelledBy(server)}>
      <PanelHead server={server}>
        {server.signedIn && (
          <button type="button" aria-disabled={busy} onClick={() => void refreshFactors(server)}>
            {text('refresh')}
          </button>
        )}
      </PanelHead>
      <FailureNote place={place} />
      {failedFor(place, 'mfa/clock-wrong') && <ClockCard server={server} />}
      {asked && listed.length === 0 && held.length === 0 && <p class="soft">{text('factors_empty')}</p>}
      {held.map((entry) => (
        <BoundAccount
          key={entry.id}
          entry={entry}
          factor={listed.find((one) => one.entryId === entry.id) ?? null}
          notThere={notThere.includes(entry.id)}
        />
      ))}
      {missing.map((factor) => (
        <MissingFactor key={factor.id} factor={factor} server={server} beside={notThere.length > 0} />
      ))}
      <div class="panel-head">
        <p class="hint">{text('bind_lead')}</p>
        <button
          type="button"
          class={held.length + missing.length > 0 ? '' : 'primary'}
          aria-disabled={busy}
          onClick={() => void bind(server.id)}
        >
          {text(busy ? 'binding' : 'bind')}
        </button>
      </div>
    </section>
  )
}

/** What was begun here cannot go on before somebody signs in: that is what to do. */
function WaitingFor({ server }: { server: ServerView }): VNode {
  return (
    <section class="panel" aria-labelledby={labelledBy(server)}>
      <PanelHead server={server} />
      {unfinishedAt(server).map((entry) => (
        <BoundAccount key={entry.id} entry={entry} factor={null} notThere={false} signedOut />
      ))}
      <p class="note">
        <span class="note-text">
          {text('sign_in_to_go_on')} <a href="#section-servers">{text('section_servers')}</a>
        </span>
      </p>
    </section>
  )
}

function labelledBy({ id }: ServerView): string {
  return `section-factors factors-${id} factors-${id}-app`
}

function PanelHead({ server, children }: { server: ServerView; children?: VNode | false }): VNode {
  const id = `factors-${server.id}`
  return (
    <div class="panel-head">
      <h3 id={id}>{new URL(server.appHost).host}</h3>
      <span id={`${id}-app`} class="faint">
        {server.appId}
      </span>
      {children}
    </div>
  )
}
