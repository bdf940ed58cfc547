import { isWholeList, listed, rowWindow, selection } from '../../list-state'
import { keepOrder, orderNow, placeAccount } from '../../actions/arranging'

/** A drag begins here; less is a click that slipped. */
const FAR_ENOUGH_PX = 5

/** So near to an edge the list scrolls under the pointer, and this far each time. */
const EDGE_PX = 28
const SCROLL_PX = 14

/**
 * Takes hold of a row by its mark. The row follows the pointer from place to place; letting go stores the order. Alt
 * with the arrow keys does the same.
 */
export function takeHold(scroller: HTMLElement, id: string, { pointerId, clientY }: PointerEvent): void {
  if (!isWholeList.value || selection.value !== null) return
  const before = orderNow()
  let moved = false
  const move = (event: PointerEvent) => {
    if (!moved && Math.abs(event.clientY - clientY) < FAR_ENOUGH_PX) return
    moved = true
    scroller.classList.add('dragging')
    scrollAtEdge(scroller, event.clientY)
    placeAccount(id, placeAt(scroller, event.clientY))
  }
  const stop = () => {
    scroller.classList.remove('dragging')
    scroller.removeEventListener('pointermove', move)
    if (moved && orderNow().join() !== before.join()) keepOrder(id, before)
  }
  // The rows change places under the pointer, so what scrolls them keeps it.
  try {
    scroller.setPointerCapture(pointerId)
  } catch {
    // The pointer was lifted meanwhile: there is nothing to hold.
    return
  }
  scroller.addEventListener('pointermove', move)
  scroller.addEventListener('lostpointercapture', stop, { once: true })
}

/** The number of the row at this height. */
function placeAt(scroller: HTMLElement, clientY: number): number {
  const first = scroller.querySelector('.row')?.getBoundingClientRect()
  if (!first || first.height === 0) return 0
  const place = rowWindow.value.from + Math.floor((clientY - first.top) / first.height)
  return Math.min(Math.max(place, 0), listed.value.length - 1)
}

function scrollAtEdge(scroller: HTMLElement, clientY: number): void {
  const { top, bottom } = scroller.getBoundingClientRect()
  if (clientY < top + EDGE_PX) scroller.scrollBy(0, -SCROLL_PX)
  if (clientY > bottom - EDGE_PX) scroller.scrollBy(0, SCROLL_PX)
}
