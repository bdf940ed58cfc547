/** What takes no room or turns the line around, and could make a name look like another one; letters' own marks stay. */
const invisible = /(?![\u{FE0E}\u{FE0F}])[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u{2028}\u{2029}\u{2800}]/gu

/** A foreign name as it may be shown: on one line, invisible characters made visible, cut after `longest` (INP-8). */
export function shownText(foreign: string, longest = 80): string {
  const letters = [...withInvisibleShown(foreign)]
  return letters.length > longest ? `${letters.slice(0, longest).join('')}…` : letters.join('')
}

/** Whether a name holds characters that nobody would see. */
export function hidesCharacters(foreign: string): boolean {
  return withInvisibleShown(foreign) !== onOneLine(foreign)
}

function withInvisibleShown(foreign: string): string {
  return onOneLine(foreign).replace(invisible, '\u{FFFD}')
}

function onOneLine(foreign: string): string {
  return foreign.replace(/[\r\n\t]+/g, ' ')
}
