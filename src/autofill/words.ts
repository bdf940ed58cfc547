/**
 * Makes texts comparable: one width, lower case, no Latin or Cyrillic accents (`código` → `codigo`, `й` → `и`), the
 * blanks of typesetting turned into plain ones. The words of the rules go through it as well.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .normalize('NFC')
    .replace(/đ/gu, 'd')
    .replace(/[\u2018\u2019]/gu, "'")
    .replace(/[\u2010-\u2015]/gu, '-')
    .replace(/[\s\u200b-\u200f]+/gu, ' ')
    .trim()
}

/** Splits what programmers write into words: `user[otpAttempt_2]` → `user otp attempt 2`. */
export function wordsOf(identifier: string): string {
  return identifier
    .replace(/([a-z\d])([A-Z])/gu, '$1 $2')
    .replace(/([A-Za-z]{3,})(\d)/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
}

/** One pattern out of the alternatives of several languages. */
export function anyOf(...alternatives: readonly string[]): RegExp {
  return new RegExp(alternatives.map(fold).join('|'), 'u')
}
