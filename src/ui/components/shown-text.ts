const LONGEST = 80

/** Direction marks, zero-width and control characters: what could make a name look like another one. */
const invisible = /[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** A foreign name as it may be shown: on one line, invisible characters made visible, cut (INP-8). */
export function shownText(foreign: string): string {
  const line = foreign.replace(/[\r\n\t]+/g, ' ').replace(invisible, '\u{FFFD}')
  const letters = [...line]
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST).join('')}…` : line
}
