import { proposedEntry } from '../../src/background/drafts'
import { decodeBase32 } from '../../src/core/base32'
import type { Entry } from '../../src/core/entry'
import { AppError } from '../../src/core/errors'
import { codeAt } from '../../src/core/otp'
import { formatOtpauthUri, parseOtpauthUri } from '../../src/core/otpauth-uri'
import { encodeBase32 } from '../../src/core/base32'
import type { CodeView, EntryDraft, EntryView } from '../../src/rpc/account-calls'
import type { ArrangingCalls } from '../../src/rpc/arranging-calls'
import type { PageCalls } from '../../src/rpc/calls'
import type { FillResult, PageExplanation, PageView, SiteView } from '../../src/rpc/fill-calls'
import type { FactorView, PendingSignIn, ServerView } from '../../src/rpc/server-calls'
import type { VaultStatus } from '../../src/rpc/vault-calls'
import type { Answer, CallMessage, Handlers } from '../../src/rpc/wire'
import browser from '../support/fake-browser'
import { type FakeDemo, demoCalls } from './fake-demo'
import { type FakeHealth, healthCalls, newHealth } from './fake-health'
import { type FakeWays, newWays, wayCalls } from './fake-ways'

/** What a test may see and set of the background it speaks to. */
export interface FakeState {
  passphrase: string | null
  unlocked: boolean
  entries: Entry[]
  /** How many of them a first glance holds. */
  firstShown: number
  servers: ServerView[]
  page: PageView
  recoveryCodesOnPage: readonly string[]
  explanation: PageExplanation
  sites: readonly SiteView[]
  fill: FillResult | null
  waiting: { entryId: string; until: number } | null
  /** Codes thrown by the next call of a name. */
  failures: Map<keyof PageCalls, AppError>
  calls: { name: keyof PageCalls; args: readonly unknown[] }[]
  bound: Map<string, string>
  health: FakeHealth
  ways: FakeWays
  demo: FakeDemo
  /** What the server says beside what was bound here. */
  reconciled: { listed: FactorView[]; notThere: string[] }
}

const RECOVERY = 'aaaa-bbbb-cccc-dddd-eeee-0001'
const NEW_RECOVERY = 'aaaa-bbbb-cccc-dddd-eeee-0002'

/** A background in memory: the vault without encryption, an MFA server that knows `bob` and `dave`. */
export function createFakeBackground(): { state: FakeState; send: (message: unknown) => Promise<Answer> } {
  const state: FakeState = {
    passphrase: null,
    unlocked: false,
    entries: [],
    firstShown: Infinity,
    servers: [],
    page: { origin: null, domain: null, hasCodeField: false, matches: [] },
    recoveryCodesOnPage: [],
    explanation: {
      origin: null,
      field: { state: 'none', boxes: 0, reasons: [] },
      inStrangeFrame: false,
      passedOver: false,
      accounts: [],
      report: '',
    },
    sites: [],
    fill: null,
    waiting: null,
    failures: new Map(),
    calls: [],
    bound: new Map(),
    health: newHealth(),
    ways: newWays(),
    demo: { shown: null },
    reconciled: { listed: [], notThere: [] },
  }
  const handlers = {
    ...vaultCalls(state),
    ...arrangingCalls(state),
    ...healthCalls(state),
    ...wayCalls(state),
    ...demoCalls(state.demo),
    ...transferCalls(state),
    ...pageCalls(state),
    ...serverCalls(state),
    ...adminCalls(),
  }
  const send = async (message: unknown): Promise<Answer> => {
    const { call, args } = message as CallMessage
    const name = call as keyof PageCalls
    state.calls.push({ name, args })
    try {
      const failure = state.failures.get(name)
      state.failures.delete(name)
      if (failure) throw failure
      const handler = handlers[name] as (...args: readonly unknown[]) => unknown
      return structuredClone({ ok: true, value: await handler(...structuredClone(args)) })
    } catch (error) {
      if (error instanceof AppError) return { ok: false, code: error.code, params: error.params }
      throw error
    }
  }
  return { state, send }
}

function entryNamed(state: FakeState, id: string): Entry {
  if (!state.unlocked) throw new AppError('vault/locked')
  const entry = state.entries.find((one) => one.id === id)
  if (!entry) throw new AppError('vault/entry-missing')
  return entry
}

function viewOf(entry: Entry): EntryView {
  const { id, type, issuer, label, algorithm, digits, periodSeconds, sites, createdAt } = entry
  return {
    id,
    type,
    issuer,
    label,
    algorithm,
    digits,
    periodSeconds,
    counter: entry.counter ?? null,
    sites,
    createdAt,
    usedAt: entry.usedAt ?? null,
    hasRecoveryCode: entry.recoveryCode !== undefined,
    phase: entry.binding?.phase ?? null,
    serverId: entry.binding?.serverId ?? null,
    pinned: entry.favourite ?? false,
    tags: entry.groups ?? [],
    note: entry.note ?? '',
    importedAt: entry.importedAt ?? null,
    trashedAt: entry.trashedAt ?? null,
  }
}

function statusOf(state: FakeState): VaultStatus {
  if (state.health.damaged) return 'damaged'
  return state.passphrase === null ? 'absent' : state.unlocked ? 'unlocked' : 'locked'
}

function codeOf(one: Entry): CodeView {
  if (one.type === 'hotp' && one.counter === 0)
    return { id: one.id, code: null, nextCode: null, validFrom: 0, validUntil: null }
  const counter = (one.counter ?? 1) - 1
  const { code, validFrom, validUntil } = codeAt({ ...one, counter }, Date.now())
  const nextCode = validUntil === Infinity ? null : codeAt(one, validUntil).code
  return { id: one.id, code, nextCode, validFrom, validUntil: validUntil === Infinity ? null : validUntil }
}

type TransferCalls =
  'proposeImport' | 'importEntries' | 'undoImport' | 'exportEntries' | 'showSecret' | 'clearClipboardLater'

type VaultCalls =
  | 'vaultStatus'
  | 'createVault'
  | 'unlock'
  | 'lock'
  | 'changePassphrase'
  | 'entries'
  | 'glance'
  | 'damagedRecords'
  | 'codes'
  | 'nextCode'
  | 'propose'
  | 'addEntry'
  | 'changeEntry'
  | 'trashEntry'
  | 'restoreEntry'
  | 'deleteEntry'
  | 'codeCopied'

function vaultCalls(state: FakeState): Pick<Handlers<PageCalls>, VaultCalls> {
  const add = (draft: EntryDraft): Entry => {
    const { site, secret, ...rest } = draft
    const bytes = decodeBase32(secret)
    if (state.entries.some((one) => encodeBase32(one.secret) === encodeBase32(bytes))) {
      throw new AppError('entry/already-present')
    }
    const entry: Entry = {
      ...rest,
      secret: bytes,
      id: `id-${state.entries.length}`,
      sites: site ? [site] : [],
      createdAt: 1,
    }
    state.entries.push(entry)
    return entry
  }
  return {
    damagedRecords: () => state.health.lost.length,
    vaultStatus: () => statusOf(state),
    createVault(passphrase) {
      if (passphrase.length < 8) throw new AppError('vault/passphrase-too-short')
      state.passphrase = passphrase
      state.unlocked = true
    },
    unlock(passphrase) {
      if (passphrase !== state.passphrase) throw new AppError('vault/wrong-passphrase')
      state.unlocked = true
    },
    lock: () => void (state.unlocked = false),
    changePassphrase(current, next) {
      if (current !== state.passphrase) throw new AppError('vault/wrong-passphrase')
      state.passphrase = next
    },
    glance() {
      const status = statusOf(state)
      const shown = status === 'unlocked' ? state.entries : []
      const top = shown.slice(0, state.firstShown)
      const damaged = status === 'unlocked' ? state.health.lost.length : 0
      return {
        status,
        entries: top.map(viewOf),
        codes: top.slice(0, 24).map(codeOf),
        page: null,
        whole: top.length === shown.length,
        tags: [...new Set(shown.flatMap(({ groups }) => groups ?? []))],
        damaged,
      }
    },
    entries() {
      if (!state.unlocked) throw new AppError('vault/locked')
      return state.entries.map(viewOf)
    },
    codes: (ids) => state.entries.filter((one) => ids?.includes(one.id) ?? true).map(codeOf),
    nextCode(id) {
      const entry = entryNamed(state, id)
      const { code } = codeAt(entry, 0)
      entry.counter = (entry.counter ?? 0) + 1
      return { id, code, nextCode: null, validFrom: 0, validUntil: null }
    },
    propose(text, site) {
      const entry = proposedEntry(text)
      const secret = encodeBase32(entry.secret)
      const same = state.entries.some((one) => encodeBase32(one.secret) === secret)
      const names = state.entries.some((one) => one.issuer === entry.issuer && one.label === entry.label)
      return { draft: { ...entry, secret, site }, already: same ? 'same' : names ? 'other-secret' : null }
    },
    addEntry: (draft) => viewOf(add(draft)),
    changeEntry(id, { tags, note, pinned, ...change }) {
      const beside = { ...(tags && { groups: tags }), ...(note === undefined ? {} : { note }) }
      const pin = pinned === undefined ? {} : { favourite: pinned }
      return viewOf(Object.assign(entryNamed(state, id), change, beside, pin))
    },
    trashEntry(id) {
      const entry = entryNamed(state, id)
      if (entry.binding?.phase === 'bound') throw new AppError('entry/still-bound')
      entry.trashedAt = Date.now()
    },
    restoreEntry: (id) => void delete entryNamed(state, id).trashedAt,
    deleteEntry: (id) => void (state.entries = state.entries.filter((one) => one !== entryNamed(state, id))),
    codeCopied: (id) => void entryNamed(state, id),
  }
}

function arrangingCalls(state: FakeState): Handlers<ArrangingCalls> {
  const each = (ids: readonly string[], edit: (entry: Entry) => void) =>
    ids.forEach((id) => void edit(entryNamed(state, id)))
  return {
    pinEntries: (ids, pinned) => each(ids, (entry) => (entry.favourite = pinned)),
    tagEntries: (ids, tag, tagged) =>
      each(ids, (entry) => {
        const others = (entry.groups ?? []).filter((one) => one !== tag)
        entry.groups = tagged ? [...others, tag] : others
      }),
    orderEntries(ids) {
      state.entries = state.entries.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id))
    },
    trashEntries(ids) {
      const free = ids.filter((id) => entryNamed(state, id).binding?.phase !== 'bound')
      each(free, (entry) => (entry.trashedAt = Date.now()))
      return free
    },
    restoreEntries: (ids) => each(ids, (entry) => void delete entry.trashedAt),
  }
}

function transferCalls(state: FakeState): Pick<Handlers<PageCalls>, TransferCalls> {
  const inUse = () => state.entries.filter(({ trashedAt }) => trashedAt === undefined)
  const known = (secret: string) => inUse().some((one) => encodeBase32(one.secret) === secret)
  const checkPassphrase = (passphrase: string) => {
    if (passphrase !== state.passphrase) throw new AppError('vault/wrong-passphrase')
  }
  return {
    proposeImport: (drafts) =>
      drafts.map(({ secret, issuer, label }) => {
        if (known(secret)) return { kind: 'same' }
        if (label === 'refused') return { kind: 'refused', reason: 'entry/pin-missing' }
        const named = inUse().some((one) => one.issuer === issuer && one.label === label)
        return { kind: named ? 'other-secret' : 'new' }
      }),
    importEntries(drafts) {
      const importedAt = Date.now()
      const fresh = drafts.filter(({ secret }) => !known(secret))
      for (const { binding: _elsewhere, ...draft } of fresh) {
        const id = `id-${state.entries.length}`
        const secret = decodeBase32(draft.secret)
        state.entries.push({ ...draft, secret, id, createdAt: importedAt, importedAt })
      }
      return { added: fresh.length, skipped: drafts.length - fresh.length, importedAt }
    },
    undoImport(importedAt) {
      const added = inUse().filter((entry) => entry.importedAt === importedAt)
      for (const entry of added) entry.trashedAt = Date.now()
      return added.length
    },
    exportEntries(passphrase, ids) {
      checkPassphrase(passphrase)
      const going = inUse().filter(({ id }) => ids?.includes(id) ?? true)
      const entries = going.map(({ type, issuer, label, secret, algorithm, digits, periodSeconds, sites }) => {
        const code = { type, algorithm, digits, periodSeconds, secret: encodeBase32(secret) }
        return { ...code, issuer, label, sites }
      })
      return { entries, damaged: 0 }
    },
    showSecret(id, passphrase) {
      checkPassphrase(passphrase)
      return formatOtpauthUri(entryNamed(state, id))
    },
    clearClipboardLater: () => undefined,
  }
}

type OwnPageCalls =
  | 'lookAtPage'
  | 'fill'
  | 'pendingFill'
  | 'takeFillRefusal'
  | 'cancelFill'
  | 'readRecoveryCodes'
  | 'explainPage'
  | 'pickField'
  | 'widenSite'
  | 'rememberedSites'
  | 'setAutoSubmit'
  | 'setHint'
  | 'giveBackGrant'
  | 'forgetSite'
  | 'keepRecoveryCode'
  | 'showRecoveryCode'

function pageCalls(state: FakeState): Pick<Handlers<PageCalls>, OwnPageCalls> {
  return {
    lookAtPage: () => state.page,
    fill(_tabId, entryId) {
      if (!state.page.hasCodeField) throw new AppError('fill/no-field')
      const result = state.fill ?? { kind: 'filled' as const }
      if (result.kind === 'waiting') state.waiting = { entryId, until: result.until }
      return result
    },
    pendingFill: () => state.waiting,
    takeFillRefusal: () => null,
    cancelFill: () => void (state.waiting = null),
    readRecoveryCodes: () => state.recoveryCodesOnPage,
    explainPage: () => state.explanation,
    pickField: () => undefined,
    widenSite: () => undefined,
    rememberedSites: () => state.sites,
    setAutoSubmit: (origin, submit) =>
      void (state.sites = state.sites.map((site) => (site.origin === origin ? { ...site, submit } : site))),
    setHint: (origin, hint) =>
      void (state.sites = state.sites.map((site) => (site.origin === origin ? { ...site, hint } : site))),
    giveBackGrant: (pattern) => browser.permissions.remove({ origins: [pattern] }),
    forgetSite: (origin) =>
      void (state.sites = state.sites.map((site) =>
        site.origin === origin ? { origin, hasField: false, submit: false, hint: false } : site,
      )),
    keepRecoveryCode: (id, code) => void (entryNamed(state, id).recoveryCode = code),
    showRecoveryCode(id, passphrase) {
      if (passphrase !== state.passphrase) throw new AppError('vault/wrong-passphrase')
      return entryNamed(state, id).recoveryCode ?? ''
    },
  }
}

function boundFactors(state: FakeState): FactorView[] {
  return [...state.bound.values()].map((entryId) => ({ id: 'f', enabled: true, createdAt: '', entryId }))
}

type ServerCalls =
  | 'servers'
  | 'addServer'
  | 'removeServer'
  | 'signIn'
  | 'signOut'
  | 'factors'
  | 'adopt'
  | 'letGo'
  | 'correctClock'
  | 'bind'
  | 'confirmBinding'
  | 'settleBinding'
  | 'unbind'
  | 'verifyTotp'
  | 'useRecoveryCode'
  | 'isBindable'
  | 'sendDelivered'
  | 'verifyDelivered'

function serverCalls(state: FakeState): Pick<Handlers<PageCalls>, ServerCalls> {
  const server = (id: string): ServerView => {
    const found = state.servers.find((one) => one.id === id)
    if (!found) throw new AppError('mfa/server-missing')
    return found
  }
  const signedIn = (id: string) => {
    Object.assign(server(id), { signedIn: true, pending: null })
    return { kind: 'signed-in' as const }
  }
  return {
    servers: () => state.servers,
    addServer({ appHost, appId }) {
      const added = {
        id: `server-${state.servers.length}`,
        appHost,
        appId,
        account: null,
        signedIn: false,
        pending: null,
        clockOffSeconds: 0,
        clockAheadSeconds: 0,
        correctedBySeconds: null,
      }
      state.servers.push(added)
      return added
    },
    removeServer: (id) => void (state.servers = state.servers.filter((one) => one.id !== id)),
    signIn(id, account, password) {
      if (password !== `${account}-Passw0rd`) throw new AppError('mfa/wrong-password')
      const pending: PendingSignIn = {
        account,
        factors: account === 'dave' ? ['SMS', 'EMAIL'] : ['OTP'],
        mustBind: !state.bound.has(account),
        phone: account === 'dave' ? '13800000004' : null,
        phoneCountryCode: null,
        email: account === 'dave' ? 'dave@example.com' : null,
        expiresAt: Date.now() + 360_000,
      }
      Object.assign(server(id), { account, pending })
      return { kind: 'second-factor', pending }
    },
    signOut: (id) => void Object.assign(server(id), { signedIn: false, pending: null }),
    factors: () => ({ ...state.reconciled, listed: [...boundFactors(state), ...state.reconciled.listed] }),
    adopt(id, factorId) {
      const entry: Entry = {
        ...parseOtpauthUri('otpauth://totp/demo.example:carol?secret=GEZDGNBVGY3TQOJR&issuer=demo.example'),
        id: `adopted-${factorId}`,
        sites: [],
        createdAt: 1,
        recoveryCode: RECOVERY,
        binding: { serverId: id, account: 'carol', userId: 'carol', phase: 'bound' },
      }
      state.entries.push(entry)
      state.bound.set('carol', entry.id)
      state.reconciled.listed = []
      return viewOf(entry)
    },
    letGo(entryId, as) {
      const entry = entryNamed(state, entryId)
      if (as === 'trash') entry.trashedAt = Date.now()
      else delete entry.binding
      state.reconciled.notThere = []
    },
    correctClock(id, aheadSeconds) {
      Object.assign(server(id), { correctedBySeconds: aheadSeconds })
    },
    bind(id) {
      const entry: Entry = {
        ...parseOtpauthUri('otpauth://totp/Demo:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Demo'),
        id: `bound-${state.entries.length}`,
        sites: [],
        createdAt: 1,
        recoveryCode: RECOVERY,
        binding: { serverId: id, account: 'bob', userId: 'bob', phase: 'associated' },
      }
      state.entries.push(entry)
      return viewOf(entry)
    },
    confirmBinding(entryId) {
      const entry = entryNamed(state, entryId)
      if (entry.binding) entry.binding.phase = 'bound'
      state.bound.set('bob', entryId)
      signedIn(entry.binding?.serverId ?? '')
      return { kind: 'bound', entryId, recoveryCode: RECOVERY }
    },
    settleBinding: (entryId) => entryNamed(state, entryId).binding?.phase ?? 'unbound',
    unbind(entryId) {
      const entry = entryNamed(state, entryId)
      delete entry.binding
      entry.trashedAt = Date.now()
      state.bound.clear()
      return { kind: 'unbound' }
    },
    verifyTotp: (id) => signedIn(id),
    useRecoveryCode(id, code) {
      if (code !== '' && code !== RECOVERY) return { kind: 'code-rejected' }
      return { ...signedIn(id), recoveryCode: NEW_RECOVERY, kept: true }
    },
    isBindable: (_id, to) => !('phone' in to) || to.phone === '13800000004',
    sendDelivered: () => undefined,
    verifyDelivered: (id, _to, code) => (code === '4321' ? signedIn(id) : { kind: 'code-rejected' }),
  }
}

function adminCalls(): Pick<Handlers<PageCalls>, 'adminStatus' | 'adminUnassociate' | 'adminImport'> {
  return {
    adminStatus: (_credentials, userId) => ({ OTP: userId === 'carol', FACE: false }),
    adminUnassociate: () => undefined,
    adminImport: (_credentials, { userId }) => ({ id: 'k', userId, enabled: true, recoveryCode: RECOVERY }),
  }
}
