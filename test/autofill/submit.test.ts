// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { QUIET_MS, SCRIPTED_QUIET_MS, type SubmitWatch, type Timeline, watchSubmit } from '../../src/autofill/submit'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

const IDLE: Timeline = { now: () => 0, getEntriesByType: () => [] }
const FORM = '<form action="/verify"><input name="otp"><button>Verify</button></form>'

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

/** What the fill does: types, and tells the watch. */
function type(watch: SubmitWatch, field: HTMLInputElement): void {
  field.value = '123456'
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  watch.filled([field])
}

async function outcome(watch: ReturnType<typeof watchSubmit>): Promise<string> {
  const done = watch.submitIfQuiet()
  await vi.advanceTimersByTimeAsync(SCRIPTED_QUIET_MS + 1_000)
  return done
}

describe('submitIfQuiet', () => {
  it('sends the form of the field that was filled, once', async () => {
    const { sent, field } = stage()
    const watch = watchSubmit(document, IDLE)
    type(watch, field)
    expect(await outcome(watch)).toBe('submitted')
    expect(sent()).toBe(1)
  })

  it('presses a button that can be pressed only once the code is in', async () => {
    const { sent, field, form } = stage('<form action="/"><input name="otp"><button disabled>Verify</button></form>')
    const watch = watchSubmit(document, IDLE)
    type(watch, field)
    setTimeout(() => form.querySelector('button')?.removeAttribute('disabled'), 300)
    expect(await outcome(watch)).toBe('submitted')
    expect(sent()).toBe(1)
  })

  it('sends the form of the field that was filled, not of one that the page wrote into', async () => {
    const { sent, field } = stage(`<form><input name="search"><button>Find</button></form>${FORM}`)
    const watch = watchSubmit(document, IDLE)
    field.value = 'x'
    field.dispatchEvent(new InputEvent('input', { bubbles: true }))
    let verified = 0
    const [, second] = document.forms
    second?.addEventListener('submit', (event) => {
      event.preventDefault()
      verified += 1
    })
    type(watch, second?.querySelector('input') ?? expect.unreachable())
    expect(await outcome(watch)).toBe('submitted')
    expect([sent(), verified]).toEqual([0, 1])
  })

  it('waits longer for a form that a script sends, since a request under way is not seen', async () => {
    const { sent, field } = stage('<form><input><button>Verify</button></form>')
    const watch = watchSubmit(document, IDLE)
    type(watch, field)
    const done = watch.submitIfQuiet()
    await vi.advanceTimersByTimeAsync(SCRIPTED_QUIET_MS - 200)
    expect(sent()).toBe(0)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await done).toBe('submitted')
  })

  it('sends nothing where the browser keeps no more requests', async () => {
    const { sent, field } = stage()
    const full = Array.from(
      { length: 250 },
      () => ({ startTime: 0, initiatorType: 'img' }) as unknown as PerformanceEntry,
    )
    const watch = watchSubmit(document, { now: () => 1, getEntriesByType: () => full })
    type(watch, field)
    expect(await outcome(watch)).toBe('page-did')
    expect(sent()).toBe(0)
  })

  it('waits first', async () => {
    const { sent, field } = stage()
    const watch = watchSubmit(document, IDLE)
    type(watch, field)
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
    type(watch, page.field)
    expect(await outcome(watch)).toBe('page-did')
    expect(page.sent()).toBe(1)
  })

  it.each<[string, (page: ReturnType<typeof stage>) => void]>([
    ['empties the field', ({ field }) => void (field.value = '')],
    ['locks the field', ({ field }) => void (field.disabled = true)],
    ['takes the field away', ({ field }) => field.remove()],
    ['shows the next step', ({ form }) => form.remove()],
    ['locks the button', ({ form }) => form.querySelector('button')?.setAttribute('disabled', '')],
    [
      'takes the data of the form, as form.submit() does',
      ({ form }) => form.dispatchEvent(new Event('formdata', { bubbles: true })),
    ],
    ['leaves', () => window.dispatchEvent(new Event('beforeunload'))],
    ['is left', () => window.dispatchEvent(new Event('pagehide'))],
    ['shows that it is at work', ({ form }) => form.append(document.createElement('svg'))],
    ['says so on the button', ({ form }) => form.querySelector('button')?.replaceChildren('Verifying…')],
    ['types something else', ({ field }) => void (field.value = '654321')],
    ['makes the button busy', ({ form }) => form.querySelector('button')?.setAttribute('aria-busy', 'true')],
  ])('sends nothing once the page %s', async (_what, does) => {
    const page = stage()
    const watch = watchSubmit(document, IDLE)
    type(watch, page.field)
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
    type(watch, field)
    const done = watch.submitIfQuiet()
    await vi.advanceTimersByTimeAsync(500)
    entries = [entry(1_200, 'xmlhttprequest')]
    await vi.advanceTimersByTimeAsync(QUIET_MS)
    expect(await done).toBe('page-did')
    expect(sent()).toBe(0)
  })

  it.each([
    ['a locked button before another', '<form><input><button disabled>Verify</button><button>Cancel</button></form>'],
    [
      'a button of another form alone',
      '<form><input></form><form id="resend"></form><button form="resend">Again</button>',
    ],
    ['a button that skips the checks', '<form><input><button formnovalidate>Cancel</button></form>'],
    ['a form that is sent to another frame', '<form target="hidden"><input><button>Go</button></form>'],
    ['no form', '<form></form><input><button>Go</button>'],
    ['no button that sends', '<form><input><button type="button">Help</button><button type="reset">No</button></form>'],
    ['only a locked button', '<form><input><button disabled>Go</button></form>'],
  ])('does nothing where there is %s', async (_what, html) => {
    const { sent, field } = stage(html)
    const watch = watchSubmit(document, IDLE)
    type(watch, field)
    expect(await outcome(watch)).toBe('no-button')
    expect(sent()).toBe(0)
  })

  it('does nothing where nothing was filled', async () => {
    const { sent } = stage()
    expect(await outcome(watchSubmit(document, IDLE))).toBe('page-did')
    expect(sent()).toBe(0)
  })
})
