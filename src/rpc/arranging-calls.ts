/** How the user keeps the accounts in order. Each call is one write, whatever the number of accounts. */
export interface ArrangingCalls {
  /** Keeps accounts at the top of the list, or no longer. */
  pinEntries(ids: readonly string[], pinned: boolean): void
  /** Gives accounts a tag or takes it away. Throws `entry/text-too-long`, `entry/too-many-tags`. */
  tagEntries(ids: readonly string[], tag: string, tagged: boolean): void
  /** The new order, by id; accounts not named follow behind in their old one. */
  orderEntries(ids: readonly string[]): void
  /** Moves accounts to the trash; answers which went. What an MFA server still asks for stays (BND-7). */
  trashEntries(ids: readonly string[]): readonly string[]
  restoreEntries(ids: readonly string[]): void
}
