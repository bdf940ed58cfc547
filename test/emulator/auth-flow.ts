import { done, loginFinished, Refusal, type Answer } from './answers'
import { loggingIn, type Call } from './call'
import { passDeliveredCode, type Channel } from './delivered-codes'
import { userById, type Flow } from './state'
import type { User } from './user'
import { passRecoveryCode, passTotp } from './totp'
import { confirm, confirmable } from './totp-keys'
import { userAnswer } from './user-answer'

type FlowData = Readonly<Record<string, unknown>>

interface Action {
  /** The name under which faults know it. */
  readonly operation: string
  readonly run: (call: Call, data: FlowData) => Answer
}

const ACTIONS: Readonly<Record<string, Action>> = {
  'verify-totp': { operation: 'verifyTotp', run: verify },
  'verify-totp-first-time': { operation: 'confirmTotp', run: verifyFirstTime },
  'recovery-totp': { operation: 'verifyRecoveryCode', run: recover },
  'confirm-totp-recovery-code': { operation: 'finishLogin', run: finish },
  'verify-sms': { operation: 'verifySms', run: (call, data) => verifyDelivered(call, data, 'phone') },
  'verify-email': { operation: 'verifyEmail', run: (call, data) => verifyDelivered(call, data, 'email') },
}

/** `POST /interaction/authFlow`: the widget's default protocol, where a login is known by its `flowHandle`. */
export function authFlow(call: Call): Answer {
  const action = actionOf(call)
  if (!action) throw new Refusal(400)
  return action.run(call, (call.body['data'] ?? {}) as FlowData)
}

/** The operation in an `authFlow` call by the name that faults use. */
export function authFlowOperation(call: Call): string {
  return actionOf(call)?.operation ?? 'authFlow'
}

function actionOf(call: Call): Action | undefined {
  const name = String(call.body['action'])
  return Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined
}

function verify(call: Call, data: FlowData): Answer {
  const session = loggingIn(call, String(data['mfaToken'] ?? ''))
  passTotp(call, session, data['totp'])
  return loginFinished(userAnswer(call, session.user, session.appId))
}

function verifyDelivered(call: Call, data: FlowData, channel: Channel): Answer {
  const session = loggingIn(call, String(data['mfaToken'] ?? ''))
  passDeliveredCode(call, channel, session, data)
  return loginFinished(userAnswer(call, session.user, session.appId))
}

function verifyFirstTime(call: Call, data: FlowData): Answer {
  const { flow, user } = flowOf(call)
  const candidates = confirmable(user, call.state.associateAny)
  if (!confirm(user, candidates, data['totp'], call.now)) throw new Refusal(6001)
  flow.passed = true
  return done(undefined, { statusCode: 200 })
}

function recover(call: Call, data: FlowData): Answer {
  const { flow, user } = flowOf(call)
  const recoveryCode = passRecoveryCode(call, user, data['recoveryCode'])
  flow.passed = true
  return done({ recoveryCode }, { statusCode: 200 })
}

function finish(call: Call): Answer {
  const { flow, user } = flowOf(call)
  if (!flow.passed) throw new Refusal(2021)
  call.state.flows.delete(String(call.body['flowHandle']))
  return loginFinished(userAnswer(call, user, flow.appId))
}

function flowOf(call: Call): { flow: Flow; user: User } {
  const flow = call.state.flows.get(String(call.body['flowHandle']))
  const user = userById(call.state, flow?.userId)
  if (!flow || !user || flow.expiresAt <= call.now) throw new Refusal(2021)
  return { flow, user }
}
