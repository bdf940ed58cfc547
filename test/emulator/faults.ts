import * as bodies from './fault-bodies'

/** What happens to the connection instead of a plain answer. The edge (socket or in-process fetch) carries it out. */
export type SocketFault =
  | { readonly fault: 'drop' }
  | { readonly fault: 'never' }
  | { readonly fault: 'slow'; readonly response: Response; readonly delayMs: number }
  | { readonly fault: 'drip'; readonly response: Response; readonly everyMs: number }
  | { readonly fault: 'cut'; readonly response: Response }
  | { readonly fault: 'stall'; readonly response: Response }

/** A fault that waits for its operation. `commit` overrides whether the operation is carried out all the same. */
export interface PendingFault {
  readonly operation: string
  readonly fault: string
  times: number
  readonly commit?: boolean
}

interface Fault {
  readonly does: string
  /** Whether the operation is carried out before its answer is spoilt. */
  readonly commits: boolean
  /** `real` is the true answer, or a bare success where the operation was not carried out. */
  readonly spoil: (real: Response, request: Request) => Response | SocketFault | Promise<Response | SocketFault>
}

const SLOW_MS = 5_000
const DRIP_MS = 1_000

const FAULTS: Readonly<Record<string, Fault>> = {
  'drop-before': { does: 'resets the connection, nothing done', commits: false, spoil: () => ({ fault: 'drop' }) },
  'drop-after': { does: 'done, then resets the connection', commits: true, spoil: () => ({ fault: 'drop' }) },
  'drop-inside': {
    does: 'done, resets in the middle of the body',
    commits: true,
    spoil: (response) => ({ fault: 'cut', response }),
  },
  slow: {
    does: 'done, answers after 5 s',
    commits: true,
    spoil: (response) => ({ fault: 'slow', response, delayMs: SLOW_MS }),
  },
  never: { does: 'never answers, nothing done', commits: false, spoil: () => ({ fault: 'never' }) },
  stall: {
    does: 'done, sends headers and no body',
    commits: true,
    spoil: (response) => ({ fault: 'stall', response }),
  },
  drip: {
    does: 'done, sends a byte a second',
    commits: true,
    spoil: (response) => ({ fault: 'drip', response, everyMs: DRIP_MS }),
  },
  endless: {
    does: 'a body without end',
    commits: false,
    spoil: () => new Response(bodies.endless(), { headers: bodies.JSON_TYPE }),
  },
  html: { does: 'a web page with status 200, as captive portals send', commits: false, spoil: () => bodies.html() },
  empty: { does: 'status 200, no body', commits: false, spoil: () => bodies.json('') },
  null: { does: 'JSON null', commits: false, spoil: () => bodies.json('null') },
  number: { does: 'a JSON number', commits: false, spoil: () => bodies.json('200') },
  string: { does: 'a JSON string', commits: false, spoil: () => bodies.json('"200"') },
  array: {
    does: 'a JSON array',
    commits: false,
    spoil: () => bodies.json('[{"code":200,"message":"Success","data":{}}]'),
  },
  truncated: { does: 'done, the JSON ends half-way', commits: true, spoil: bodies.truncated },
  huge: { does: 'done, the answer is 10 MB long', commits: true, spoil: bodies.huge },
  deep: { does: '100,000 levels of nesting', commits: false, spoil: () => bodies.json(bodies.deep()) },
  'wrong-types': { does: 'done, every member has another type', commits: true, spoil: bodies.wrongTypes },
  'wrong-data': { does: 'done, every member of data has another type', commits: true, spoil: bodies.wrongData },
  'missing-members': { does: 'done, data is an empty object', commits: true, spoil: bodies.missingMembers },
  'proto-keys': {
    does: 'done, the members stand below __proto__ and constructor',
    commits: true,
    spoil: bodies.protoKeys,
  },
  'duplicate-keys': { does: 'done, every envelope member comes twice', commits: true, spoil: bodies.duplicateKeys },
  'content-type': { does: 'done, says text/plain', commits: true, spoil: bodies.textPlain },
  bom: { does: 'done, with a byte order mark', commits: true, spoil: bodies.byteOrderMark },
  'invalid-utf8': { does: 'done, the message is not UTF-8', commits: true, spoil: bodies.invalidUtf8 },
  'redirect-other-origin': {
    does: 'status 307 to another origin',
    commits: false,
    spoil: (_, request) => bodies.redirect(request, true),
  },
  'redirect-same-origin': {
    does: 'status 307 to the same origin',
    commits: false,
    spoil: (_, request) => bodies.redirect(request, false),
  },
  'api-code-string': {
    does: 'statusCode 499 and apiCode "1001", no code',
    commits: false,
    spoil: () => bodies.apiCodeString(),
  },
  'graphql-string-error': {
    does: 'a GraphQL error whose message is text',
    commits: false,
    spoil: () => bodies.graphqlStringError(),
  },
}

/** The fault that changes the state and not one answer: each of the last five pending keys may be confirmed. */
export const ASSOCIATE_ANY = 'associate-any'

/** Every fault with what it does, for `GET /__emulator`. */
export const FAULT_LIST: Readonly<Record<string, string>> = {
  'status-N': 'HTTP status N from 400 to 599, nothing done; 429 with Retry-After: 2',
  'code-N': 'business code N, nothing done',
  [ASSOCIATE_ANY]: 'until reset, each of the last five pending keys may be confirmed',
  ...Object.fromEntries(Object.entries(FAULTS).map(([name, { does }]) => [name, does])),
}

/** The fault of this name, or `undefined`. */
export function faultByName(name: string): Fault | undefined {
  const [, kind, digits] = /^(status|code)-(\d{3,5})$/.exec(name) ?? []
  if (kind === 'status') return statusFault(Number(digits))
  if (kind === 'code')
    return { does: name, commits: false, spoil: (_, request) => bodies.businessCode(Number(digits), request) }
  return Object.hasOwn(FAULTS, name) ? FAULTS[name] : undefined
}

/** Takes the first fault that waits for the operation, and counts it down. */
export function takeFault(faults: PendingFault[], operation: string): PendingFault | undefined {
  const found = faults.find((pending) => pending.times > 0 && [operation, '*'].includes(pending.operation))
  if (found) found.times -= 1
  return found
}

function statusFault(status: number): Fault | undefined {
  if (status < 400 || status > 599) return undefined
  return { does: `HTTP ${status}`, commits: false, spoil: () => bodies.httpStatus(status) }
}
