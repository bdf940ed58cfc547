import { useSignal } from '@preact/signals'
import type { ComponentChildren, VNode } from 'preact'
import { useLayoutEffect, useRef } from 'preact/hooks'
import { text } from '../../../i18n/text'

/** Cards of which the first alone is shown, so that the accounts keep their room; the others come at a press. */
export function Stack({ children }: { children: ComponentChildren }): VNode {
  const box = useRef<HTMLDivElement>(null)
  const count = useSignal(0)
  const open = useSignal(false)
  useLayoutEffect(() => (box.current ? followChildren(box.current, (now) => (count.value = now)) : undefined), [])
  return (
    <>
      <div ref={box} class={open.value ? 'cards open' : 'cards'} hidden={count.value === 0}>
        {children}
      </div>
      {count.value > 1 && (
        <button
          type="button"
          class="link aside cards-more"
          aria-expanded={open.value}
          onClick={() => (open.value = !open.value)}
        >
          {open.value ? text('cards_less') : text('cards_more', { count: count.value - 1 })}
        </button>
      )}
    </>
  )
}

/** Each card shows itself where there is a reason, so how many there are is seen on the page alone. */
function followChildren(box: HTMLElement, tell: (count: number) => void): () => void {
  const look = () => tell(box.childElementCount)
  const seen = new MutationObserver(look)
  seen.observe(box, { childList: true })
  look()
  return () => seen.disconnect()
}
