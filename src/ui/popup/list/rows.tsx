import type { RefObject, VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { showRows } from '../../actions/list'
import { listed, matching, rowWindow, search, siteOnTop, tagFilter } from '../../list-state'
import { windowAt } from '../../row-window'
import { CodeRow } from './code-row'

/** Until one has been drawn and measured. */
const ROW_PX = 57

/**
 * The rows that can be seen and some around them; empty space stands for the others, so that ten thousand scroll like
 * ten. `scroller` is what they scroll in.
 */
export function Rows({ scroller }: { scroller: RefObject<HTMLElement | null> }): VNode {
  const above = useRef<HTMLDivElement>(null)
  const rowHeight = useRef(ROW_PX)
  const rows = listed.value
  const { from, to } = rowWindow.value
  const asked = [search.value, tagFilter.value]
  useLayoutEffect(() => backToTop(scroller.current), asked)
  useLayoutEffect(() => followScrolling(scroller.current, above.current, rowHeight), [rows.length, ...asked])
  const before = siteOnTop.value ? matching.value.length : 0
  const height = (count: number) => ({ height: `${Math.max(0, count) * rowHeight.current}px` })
  return (
    <>
      <div ref={above} aria-hidden="true" style={height(from)} />
      {rows.slice(from, to).map((entry, index) => (
        <CodeRow
          key={entry.id}
          entry={entry}
          place={before + from + index + 1}
          of={before + rows.length}
          digit={before + from + index < 9 ? before + from + index + 1 : null}
        />
      ))}
      <div aria-hidden="true" style={height(rows.length - to)} />
    </>
  )
}

/** What fits best stands first, and the first rows alone are drawn for what is asked anew. */
function backToTop(scroller: HTMLElement | null): void {
  if (scroller) scroller.scrollTop = 0
}

/** Draws what comes into sight as the list is scrolled or its window changes size; until the answer is called. */
function followScrolling(
  scroller: HTMLElement | null,
  above: HTMLElement | null,
  rowHeight: { current: number },
): (() => void) | undefined {
  if (!scroller || !above) return undefined
  const look = () => {
    const row = scroller.querySelector<HTMLElement>('.row')?.offsetHeight
    if (!row) return
    rowHeight.current = row
    const gone = scroller.getBoundingClientRect().top - above.getBoundingClientRect().top
    showRows(windowAt({ gone, height: scroller.clientHeight, rowHeight: row, total: listed.value.length }))
  }
  // What is around the rows in sight comes a frame later: the first code does not wait for it.
  const resized = new ResizeObserver(() => requestAnimationFrame(look))
  resized.observe(scroller)
  scroller.addEventListener('scroll', look, { passive: true })
  return () => {
    resized.disconnect()
    scroller.removeEventListener('scroll', look)
  }
}
