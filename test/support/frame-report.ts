import type { FrameReport, SeenCandidate } from '../../src/autofill/frame'

/** A field that nobody could take for anything but a TOTP field, as our script sees it. */
export const CODE_FIELD: SeenCandidate = {
  fields: [{ attributes: { name: 'otp', maxlength: '6' }, labels: ['Authenticator code'] }],
  focused: false,
  around: { beside: '', lead: 'Two-factor authentication', links: '', neighbours: [], pictures: [] },
}

/** The same when it is read again before the fill. */
export const READ_AGAIN = { title: 'Sign in', path: '/login', candidates: new Map([[0, CODE_FIELD]]) }

/** What our script reports of a page with that field. */
export function frameReport(origin: string, parts: Partial<FrameReport> = {}): FrameReport {
  const page = { origin, sameOriginChain: true, isWhole: true, title: 'Sign in', path: '/login' }
  return { ...page, candidates: [CODE_FIELD], ...parts }
}
