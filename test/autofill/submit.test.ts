// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { QUIET_MS, type Timeline, watchSubmit } from '../../src/autofill/submit'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

const IDLE: Timeline = { now: () => 0, getEntriesByType: () => [] }
const FORM = '<form><input name="otp"><button>Verify</button></form>'

/** The page with a form, how often it was sent, and its field. */
function stage(html = FORM): { sent: () => number; field: HTMLInputElement; form: HTMLFormElement } {
  document.body.innerHTML = html
  let sent = 0
  const form = document.querySelector('form') ?? expect.unreachable()
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    sent += 1
  })
  return { sent: () => sent, form, field: document.querySelector('input') ?? expect.unreachable() }
}

function type(field: HTMLInputElement): void {
  field.value = '123456'
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
}

async function outcome(watch: ReturnType<typeof watchSubmit>): Promise<string> {
  const done = watch.submitIfQuiet()
  await vi.advanceTimersByTimeAsync(QUIET_MS + 1_000)
  return done
}

describe('submitIfQuiet', () => {
  it('sends the form of the field that was filled, once', async () => {
    const { sent, field } = stage()
    const watch = watchSubmit(document, IDLE)
    type(field)
    expect(await outcome(watch)).toBe('submitted')
    expect(sent()).toBe(1)
  })

  it('waits first', async () => {
    const { sent, field } = stage()
    const watch = watchSubmit(document, IDLE)
    type(field)
    const done = watch.submitIfQuiet()
    await vi.advanceTimersByTimeAsync(QUIET_MS - 200)
    expect(sent()).toBe(0)
    await vi.advanceTimersByTimeAsync(1_000)
    await done
    expect(sent()).toBe(1)
  })

  it.each<[string, (page: ReturnType<typeof stage>) => void]>([
    ['at once', ({ form }) => form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))],
    [
      'after a while',
      ({ form }) => setTimeout(() => form.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })), 900),
    ],
  ])('never sends twice where the page sends %s', async (_when, does) => {
    const page = stage()
    const watch = watchSubmit(document, IDLE)
    page.field.addEventListener('input', () => does(page))
    type(page.field)
    expect(await outcome(watch)).toBe('page-did')
    expect(page.sent()).toBe(1)
  })

  it.each<[string, (page: ReturnType<typeof stage>) => void]>([
    ['empties the field', ({ field }) => void (field.value = '')],
    ['locks the field', ({ field }) => void (field.disabled = true)],
    ['takes the field away', ({ field }) => field.remove()],
    ['shows the next step', ({ form }) => form.remove()],
    ['locks the button', ({ form }) => form.querySelector('button')?.setAttribute('disabled', '')],
    ['makes the button busy', ({ form }) => form.querySelector('button')?.setAttribute('aria-busy', 'true')],
  ])('sends nothing once the page %s', async (_what, does) => {
    const page = stage()
    const watch = watchSubmit(document, IDLE)
    type(page.field)
    setTimeout(() => does(page), 500)
    expect(await outcome(watch)).toBe('page-did')
    expect(page.sent()).toBe(0)
  })

  it('sends nothing once the page has asked its server for something', async () => {
    const { sent, field } = stage()
    const entry = (startTime: number, initiatorType: string): PerformanceEntry =>
      ({ startTime, initiatorType }) as unknown as PerformanceEntry
    let entries = [entry(900, 'fetch'), entry(2_000, 'img')]
    const watch = watchSubmit(document, { now: () => 1_000, getEntriesByType: () => entries })
    type(field)
    const done = watch.submitIfQuiet()
    await vi.advanceTimersByTimeAsync(500)
    entries = [entry(1_200, 'xmlhttprequest')]
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    expect(await done).toBe('page-did')
    expect(sent()).toBe(0)
  })

  it.each([
    ['no form', '<form></form><input><button>Go</button>'],
    ['no button that sends', '<form><input><button type="button">Help</button><button type="reset">No</button></form>'],
    ['only a locked button', '<form><input><button disabled>Go</button></form>'],
  ])('does nothing where there is %s', async (_what, html) => {
    const { sent, field } = stage(html)
    const watch = watchSubmit(document, IDLE)
    type(field)
    expect(await outcome(watch)).toBe('no-button')
    expect(sent()).toBe(0)
  })

  it('does nothing where nothing was filled', async () => {
    const { sent } = stage()
    expect(await outcome(watchSubmit(document, IDLE))).toBe('page-did')
    expect(sent()).toBe(0)
  })
})
