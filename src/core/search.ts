/** A text made ready to be searched: as a whole, and word by word. */
export interface Searchable {
  whole: string
  words: readonly string[]
}

/** How well a typed word fits. A slip of the finger counts least, so that it never hides what was meant. */
const FIT = { start: 5, word: 4, inside: 3, letters: 2, slip: 1 } as const

/** Shorter words would be one slip away from too much. */
const SLIP_LENGTH = 4

/** Without case, accents and width: `Café`, `cafe` and `ＣＡＦＥ` are one. */
export function folded(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

export function searchable(text: string): Searchable {
  const whole = folded(text)
  return { whole, words: wordsOf(whole) }
}

/** The words somebody typed, to be found each. */
export function queryWords(query: string): readonly string[] {
  return folded(query).split(/\s+/).filter(Boolean)
}

/** How well all `words` are found in `texts`, each in whichever it fits best; 0 where one of them is in none. */
export function fit(words: readonly string[], texts: readonly Searchable[]): number {
  let sum = 0
  for (const word of words) {
    const best = Math.max(0, ...texts.map((text) => fitOfWord(word, text)))
    if (best === 0) return 0
    sum += best
  }
  return sum
}

function fitOfWord(word: string, { whole, words }: Searchable): number {
  if (whole.startsWith(word)) return FIT.start
  if (words.some((one) => one.startsWith(word))) return FIT.word
  if (whole.includes(word)) return FIT.inside
  if (word.length >= 2 && words.some((one) => hasLettersInOrder(word, one))) return FIT.letters
  if (word.length >= SLIP_LENGTH && words.some((one) => beginsWithSlip(word, one))) return FIT.slip
  return 0
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
}

/** `gthb` for `github`: the first letter is the word's own, the others follow in order. */
function hasLettersInOrder(letters: string, word: string): boolean {
  if (letters[0] !== word[0]) return false
  let at = 0
  for (const letter of word) if (letter === letters[at]) at++
  return at === letters.length
}

/** Whether `word` begins like `typed` but for one letter that is wrong, missing, too many or swapped with its neighbour. */
function beginsWithSlip(typed: string, word: string): boolean {
  let same = 0
  while (same < typed.length && typed[same] === word[same]) same++
  const rest = typed.slice(same + 1)
  const swapped = typed[same] === word[same + 1] && typed[same + 1] === word[same]
  return (
    word.startsWith(rest, same + 1) ||
    word.startsWith(typed.slice(same), same + 1) ||
    word.startsWith(rest, same) ||
    (swapped && word.startsWith(typed.slice(same + 2), same + 2))
  )
}
