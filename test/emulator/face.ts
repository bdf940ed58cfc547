import { randomUUID } from 'node:crypto'
import { done, Refusal, type Answer } from './answers'
import { loggingIn, requiredText, signedInOrLoggingIn, type Call } from './call'
import { userAnswer } from './user-answer'

/** `POST /api/v2/upload`: takes any file and names it. */
export function upload(call: Call): Answer {
  const key = `face-photo/${randomUUID()}.jpeg`
  return done({ key, url: `${call.headers.get('origin') ?? ''}/uploads/${key}` })
}

/** `POST /api/v2/mfa/face/associate`: any two photos will do. */
export function associateFace(call: Call): Answer {
  const { user, appId } = signedInOrLoggingIn(call)
  requiredText(call, 'photoA')
  requiredText(call, 'photoB')
  user.face = true
  return done(userAnswer(call, user, appId))
}

/** `POST /api/v2/mfa/face/verify`: any photo is the user's, if a face is bound. */
export function verifyFace(call: Call): Answer {
  const { user, appId } = loggingIn(call)
  requiredText(call, 'photo')
  if (!user.face) throw new Refusal(1700)
  return done(userAnswer(call, user, appId))
}
