/** Two letters are a name in some scripts, and an abbreviation in others. */
const LEAST_LENGTH = { latin: 3, other: 2 }

/** What may stand beside a name where a page says who is signing in; in longer texts anybody may be spoken of. */
const MOST_OTHER_WORDS = 4
/** What a text says of another person than the one who signs in: a sender, an author, an event in a list. */
const OF_OTHERS =
  /\b(?:from|by|with|to you|message|sent|wrote|posted|comment\w*|shared|invited?|replied|mentioned|mail from|re:|cc:?|von|de|от)\b|发来|来自|评论|邀请|发表|分享|回复/iu

/** Whether one of the texts that a page shows names this account in full, as the one who signs in. */
export function isNamed(label: string, texts: readonly string[]): boolean {
  const name = nameIn(label)
  return name !== null && texts.some((text) => holdsWord(text.toLowerCase(), name) && saysWho(text.toLowerCase(), name))
}

/** Whether what stands around the code field names this account in full: there even a whole sentence speaks of nobody else. */
export function isNamedAround(label: string, texts: readonly string[]): boolean {
  const name = nameIn(label)
  return name !== null && texts.some((text) => holdsWord(text.toLowerCase(), name))
}

/** Null for what is too short to be told from other words. */
function nameIn(label: string): string | null {
  const name = label.trim().toLowerCase()
  const least = /^[\x20-\x7e]*$/u.test(name) ? LEAST_LENGTH.latin : LEAST_LENGTH.other
  return name.length >= least ? name : null
}

/** The name alone, or in a short text that tells of nobody else. */
function saysWho(text: string, name: string): boolean {
  const others = text.replaceAll(name, '_')
  const words = others.match(/[\p{L}\p{N}]+/gu) ?? []
  return words.length <= MOST_OTHER_WORDS && !OF_OTHERS.test(others)
}

function holdsWord(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const after = text.slice(at + name.length)
    if (!isPart(text.charAt(at - 1)) && !isPart(after.charAt(0).replace(/[.-]/u, () => after.charAt(1)))) return true
  }
  return false
}

/** `alice` is another account than `alice2`, `malice` and `alice@example.com`. */
function isPart(character: string): boolean {
  return /^[\p{L}\p{N}@_+.-]$/u.test(character)
}
