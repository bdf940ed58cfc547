/** A passkey that opens the vault; all Base64. Without the device it says nothing. */
export interface PasskeyView {
  id: string
  credentialId: string
  /** What its PRF extension has to be asked. */
  prfInput: string
}

/** The ways to open the vault beside the passphrase; shown while it is locked, too. */
export interface WaysView {
  /** Null where there is none. `onPaper`: the user has shown that it is printed. */
  sheet: { id: string; onPaper: boolean } | null
  passkeys: readonly PasskeyView[]
  /** The passphrase was not used for a week, so it is asked for, lest it be forgotten (KEY-10). */
  passphraseDue: boolean
  /** The vault was made a few minutes ago and has no sheet: the first one is made without asking for the passphrase again. */
  firstSheetFree: boolean
}

/** What opens the vault in place of the passphrase. `prfOutput` is Base64. */
export type WayIn = { sheet: string } | { passkeyId: string; prfOutput: string }

/** What a new passkey is to be made with; all Base64. */
export interface PasskeyWish {
  userId: string
  prfInput: string
  /** Passkeys that are there already, so that no device makes a second one. */
  known: readonly string[]
}

/** What a new passkey answered; all Base64. */
export interface PasskeyMade {
  credentialId: string
  prfInput: string
  prfOutput: string
}

/** The ways into the vault. */
export interface WayCalls {
  /** Throws `vault/absent`, `vault/damaged`. */
  ways(): WaysView
  /** Throws as `unlock`, and `vault/sheet-code-mistyped`, `vault/wrong-sheet-code`, `vault/wrong-passkey`. */
  unlockWith(way: WayIn): void
  /** For who has forgotten the passphrase and has another way in. Throws as `unlockWith`. */
  setPassphrase(way: WayIn, next: string): void
  /** A new vault key: sheet and passkeys have to be made again. Throws `vault/wrong-passphrase`, `vault/record-damaged`. */
  changeKey(current: string, next: string): void
  /** Answers the code to print, the one time there is; an earlier sheet opens nothing any more. */
  addSheet(passphrase: string): string
  /** The same where `firstSheetFree` says so; null where it is not so any more. */
  addFirstSheet(): string | null
  /** Asks for the passphrase before the browser asks for the device. */
  beginPasskey(passphrase: string): PasskeyWish
  addPasskey(passphrase: string, passkey: PasskeyMade): void
  /** Throws `vault/wrong-passphrase`, `vault/last-slot`. */
  removeWay(passphrase: string, id: string): void
}
