import { useSignal } from '@preact/signals'
import { Clock } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { ServerView } from '../../../rpc/server-calls'
import { correctClock } from '../../actions/servers'
import { Confirm } from '../../components/confirm'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { running } from '../../state'

/** What is off by more can make a code late or early (OTP-2). */
const TOLERANCE_SECONDS = 5
/** More than this is not applied without another question (OTP-2). */
const FAR_SECONDS = 600

/** The clocks of this computer and of a server differ: what to do, and what was done about it. */
export function ClockCard({ server }: { server: ServerView }): VNode | null {
  const { id, clockOffSeconds: off, clockAheadSeconds: ahead, correctedBySeconds: corrected } = server
  const left = ahead - (corrected ?? 0)
  if (corrected === null && off <= TOLERANCE_SECONDS) return null
  const done = corrected !== null && Math.abs(left) <= TOLERANCE_SECONDS
  return (
    <div class="note">
      <Icon node={Clock} size={16} />
      <div class="note-text">
        <p>
          {done ? text('clock_corrected_now', { seconds: Math.abs(corrected) }) : text('clock_off', { seconds: off })}
        </p>
        {!done && <p>{text('clock_correct_lead')}</p>}
        <FailureNote place={`clock:${id}`} />
        <div class="actions start">
          {!done && <CorrectButton server={server} />}
          {corrected !== null && <StopButton serverId={id} />}
        </div>
      </div>
    </div>
  )
}

function CorrectButton({ server }: { server: ServerView }): VNode {
  const asking = useSignal(false)
  const place = `clock:${server.id}`
  const seconds = server.clockOffSeconds
  const agree = async () => {
    if (await correctClock(server.id, server.clockAheadSeconds)) asking.value = false
  }
  return (
    <>
      <button
        type="button"
        aria-disabled={running.value.has(place)}
        onClick={() => (seconds > FAR_SECONDS ? (asking.value = true) : void agree())}
      >
        {text('clock_correct', { seconds })}
      </button>
      {asking.value && (
        <Confirm
          title={text('clock_correct_title')}
          lead={text('clock_correct_far', { seconds })}
          agree={text('clock_correct', { seconds })}
          place={place}
          onAgree={() => void agree()}
          onClose={() => (asking.value = false)}
        />
      )}
    </>
  )
}

function StopButton({ serverId }: { serverId: string }): VNode {
  return (
    <button type="button" onClick={() => void correctClock(serverId, null)}>
      {text('clock_correction_stop')}
    </button>
  )
}
