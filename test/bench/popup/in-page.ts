/** What the bench has each page that it opens do by itself. Bundled, and run before anything of the page. */
export interface PopupInPage {
  /** Milliseconds from the start of the navigation to the frame that shows the first code. */
  readonly firstCodeMs: Promise<number>
  /** Scrolls the list by a step with each frame; milliseconds between the frames. */
  scroll(frames: number, step: number): Promise<number[]>
}

declare global {
  var popupBench: PopupInPage
}

const CODE = /(?<!\d)\d{3}\s?\d{3}(?!\d)/

globalThis.popupBench = { firstCodeMs: firstCode(), scroll }

function firstCode(): Promise<number> {
  return new Promise((resolve) => {
    const seen = new MutationObserver((records) => {
      if (!records.some(holdsCode)) return
      seen.disconnect()
      requestAnimationFrame(() => afterPaint(() => resolve(performance.now())))
    })
    seen.observe(document, { subtree: true, childList: true, characterData: true })
  })
}

function holdsCode({ target, addedNodes }: MutationRecord): boolean {
  const changed = target.nodeType === Node.TEXT_NODE ? [target, ...addedNodes] : [...addedNodes]
  return changed.some((node) => CODE.test(node.textContent ?? ''))
}

/** A frame's callbacks run before it is painted; a message sent from one of them arrives afterwards. */
function afterPaint(then: () => void): void {
  const { port1, port2 } = new MessageChannel()
  port1.addEventListener('message', then)
  port1.start()
  port2.postMessage(null)
}

function scroll(frames: number, step: number): Promise<number[]> {
  const list = document.querySelector('main')
  const gaps: number[] = []
  return new Promise((resolve) => {
    const next = (before: number): void => {
      requestAnimationFrame((now) => {
        if (before > 0) gaps.push(now - before)
        if (gaps.length === frames || !list) return resolve(gaps)
        list.scrollTop += step
        return next(now)
      })
    }
    next(0)
  })
}
