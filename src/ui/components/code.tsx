import type { VNode } from 'preact'

/** The digits of a code. The groups are drawn by the style sheet: the text stays bare. */
export function Code({ code }: { code: string }): VNode {
  return (
    <span class="code">
      {groups(code).map((digits, index) => (
        <span key={index}>{digits}</span>
      ))}
    </span>
  )
}

/** As many dots as the code has digits, in the same groups. */
export function HiddenCode({ code }: { code: string }): VNode {
  return (
    <span class="code hidden-code" aria-hidden="true">
      {groups(code).map((digits, index) => (
        <span key={index}>{'•'.repeat(digits.length)}</span>
      ))}
    </span>
  )
}

/** Threes from the right for six, seven and nine, fours for eight, fives for ten: 481 902, 4819 0237. */
export function groups(code: string): readonly string[] {
  const sizes: Readonly<Record<number, readonly number[]>> = {
    6: [3, 3],
    7: [3, 4],
    8: [4, 4],
    9: [3, 3, 3],
    10: [5, 5],
  }
  let from = 0
  return (sizes[code.length] ?? [code.length]).map((size) => code.slice(from, (from += size)))
}
