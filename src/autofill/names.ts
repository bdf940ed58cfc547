/** Two letters are a name in some scripts, and an abbreviation in others. */
const LEAST_LENGTH = { latin: 3, other: 2 }

/** Whether one of the texts that a page shows names this account in full, as a word of its own. */
export function isNamed(label: string, texts: readonly string[]): boolean {
  const name = label.trim().toLowerCase()
  const least = /^[\x20-\x7e]*$/u.test(name) ? LEAST_LENGTH.latin : LEAST_LENGTH.other
  return name.length >= least && texts.some((text) => holdsWord(text.toLowerCase(), name))
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
