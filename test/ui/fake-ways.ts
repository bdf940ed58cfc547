import { AppError } from '../../src/core/errors'
import type { WayCalls, WayIn, WaysView } from '../../src/rpc/way-calls'
import type { Handlers } from '../../src/rpc/wire'

/** The ways into the vault, as a test may set and read them. */
export interface FakeWays extends WaysView {
  /** The sheet in force; each new one ends in other letters. */
  sheetCode: string | null
  made: number
}

/** None but the passphrase. */
export function newWays(): FakeWays {
  return { sheet: null, passkeys: [], passphraseDue: false, firstSheetFree: false, sheetCode: null, made: 0 }
}

interface State {
  passphrase: string | null
  unlocked: boolean
  ways: FakeWays
}

/** What the background answers about them. */
export function wayCalls(state: State): Handlers<WayCalls> {
  const { ways } = state
  const check = (passphrase: string) => {
    if (passphrase !== state.passphrase) throw new AppError('vault/wrong-passphrase')
  }
  const newSheet = () => {
    ways.made += 1
    ways.sheet = { id: `5heet${ways.made}`, onPaper: false }
    ways.sheetCode = `ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-456${ways.made + 1}`
    return ways.sheetCode
  }
  const open = (way: WayIn) => {
    if ('sheet' in way && way.sheet.length < 39) throw new AppError('vault/sheet-code-mistyped')
    if ('sheet' in way && way.sheet !== ways.sheetCode) throw new AppError('vault/wrong-sheet-code')
    if ('passkeyId' in way && !ways.passkeys.some(({ id }) => id === way.passkeyId))
      throw new AppError('vault/wrong-passkey')
  }
  return {
    ways() {
      const { sheet, passkeys, passphraseDue, firstSheetFree } = ways
      return { sheet, passkeys, passphraseDue, firstSheetFree }
    },
    unlockWith(way) {
      open(way)
      state.unlocked = true
    },
    setPassphrase(way, next) {
      open(way)
      state.passphrase = next
    },
    changeKey(current, next) {
      check(current)
      state.passphrase = next
      Object.assign(ways, newWays())
    },
    addSheet(passphrase) {
      check(passphrase)
      return newSheet()
    },
    addFirstSheet() {
      if (!ways.firstSheetFree) return null
      ways.firstSheetFree = false
      return newSheet()
    },
    beginPasskey(passphrase) {
      check(passphrase)
      return { userId: 'dXNlcg==', prfInput: 'cHJm', known: ways.passkeys.map(({ credentialId }) => credentialId) }
    },
    addPasskey(_passphrase, { credentialId, prfInput }) {
      ways.passkeys = [...ways.passkeys, { id: `pa55key${ways.passkeys.length}`, credentialId, prfInput }]
    },
    removeWay(passphrase, id) {
      check(passphrase)
      if (ways.sheet?.id === id) ways.sheet = null
      ways.passkeys = ways.passkeys.filter((passkey) => passkey.id !== id)
    },
  }
}
