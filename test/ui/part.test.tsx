// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { found, running, screen as current } from '../../src/ui/state'
import { fillVault, fireEvent, screen, setStage, show } from './stage'

const decode = vi.hoisted(() => vi.fn(async (_image: unknown, _signal: AbortSignal): Promise<readonly string[]> => []))
const looked = vi.hoisted(() => ({ at: [] as unknown[] }))
// Neither workers nor canvases are to be had here; that they work is seen in the browser.
vi.mock('../../src/scan/decode', () => ({ createDecoder: () => ({ decode, close() {} }) }))
vi.mock('../../src/scan/sources/tab', () => ({ webTab: async () => null, captureTab: async () => new Blob() }))
vi.mock('../../src/scan/sources/part', () => ({
  *looksAt(_picture: unknown, part: unknown) {
    looked.at.push(part)
    yield* ['as it is', 'twice', 'four times']
  },
}))

beforeEach(async () => {
  vi.stubGlobal('createImageBitmap', async () => ({ width: 800, height: 400, close() {} }))
  decode.mockReset()
  decode.mockResolvedValue([])
  looked.at.length = 0
  const state = await setStage()
  fillVault(state)
  await show(<App onRetry={() => void startAgain()} />)
  current.value = { name: 'part' }
  await screen.findByRole('heading', { name: 'Choose a part of the page' })
})

const picture = () => screen.findByRole('application', { name: 'Picture of the page, with the box on it' })

async function drag(from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const element = await picture()
  element.getBoundingClientRect = () => ({ left: 100, top: 50, width: 400, height: 200 }) as DOMRect
  element.setPointerCapture = () => undefined
  fireEvent.pointerDown(element, { clientX: from[0], clientY: from[1] })
  fireEvent.pointerMove(element, { clientX: to[0], clientY: to[1] })
  fireEvent.pointerUp(element, { clientX: to[0], clientY: to[1] })
}

it('reads the part around which the user draws a box, enlarged where that helps', async () => {
  decode.mockRejectedValueOnce(new AppError('scan/too-small'))
  decode.mockResolvedValueOnce(['otpauth://totp/Acme:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Acme'])
  await drag([200, 100], [300, 200])
  expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeTruthy()
  expect(looked.at).toEqual([{ left: 0.25, top: 0.25, width: 0.25, height: 0.5 }])
  expect(decode.mock.calls.map(([image]) => image)).toEqual(['as it is', 'twice'])
})

it('takes a click for no wish', async () => {
  await drag([200, 100], [200, 100])
  expect(looked.at).toEqual([])
})

it('lets the keys move the box and read it', async () => {
  const element = await picture()
  fireEvent.keyDown(element, { key: 'ArrowRight' })
  fireEvent.keyDown(element, { key: 'ArrowDown', shiftKey: true })
  fireEvent.keyDown(element, { key: 'Enter' })
  await vi.waitFor(() => expect(looked.at).toHaveLength(1))
  const [box] = looked.at as { left: number; height: number }[]
  expect(box?.left).toBeCloseTo(0.37)
  expect(box?.height).toBeCloseTo(0.42)
})

it('says why nothing was read, and keeps the picture for another try', async () => {
  fireEvent.click(await screen.findByRole('button', { name: 'Read this part' }))
  expect((await screen.findByRole('alert')).textContent).toContain('No QR code was found')
  expect(decode).toHaveBeenCalledTimes(3)
  expect(await picture()).toBeTruthy()
})

const URI = 'otpauth://totp/Acme:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Acme'

/** A look that ends as the decoder's does: with the signal. */
function untilStopped(_image: unknown, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
}

it('reads the second of two boxes, and gives up the first (box after box)', async () => {
  decode.mockImplementationOnce(untilStopped)
  await drag([100, 50], [200, 150])
  await vi.waitFor(() => expect(decode).toHaveBeenCalledOnce())
  decode.mockResolvedValueOnce([URI])
  await drag([300, 150], [400, 250])
  expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeTruthy()
  expect(looked.at).toEqual([
    { left: 0, top: 0, width: 0.25, height: 0.5 },
    { left: 0.5, top: 0.5, width: 0.25, height: 0.5 },
  ])
})

it('shows nothing of any box once the user has left', async () => {
  const answers: ((texts: readonly string[]) => void)[] = []
  decode.mockImplementation(() => new Promise((resolve) => answers.push(resolve)))
  await drag([100, 50], [200, 150])
  await vi.waitFor(() => expect(answers).toHaveLength(1))
  await drag([300, 150], [400, 250])
  current.value = { name: 'settings' } as never
  await vi.waitFor(() => expect(screen.queryByRole('application')).toBeNull())
  for (const answer of answers) answer([URI])
  await vi.waitFor(() => expect(running.value.has('scan')).toBe(false))
  expect(found.value).toBeNull()
  expect(current.value).toEqual({ name: 'settings' })
})

it('ends all its looks within 3 s, and tells the first reason', async () => {
  const button = await screen.findByRole('button', { name: 'Read this part' })
  decode.mockRejectedValueOnce(new AppError('scan/too-small')).mockImplementationOnce(untilStopped)
  vi.useFakeTimers()
  fireEvent.click(button)
  await vi.advanceTimersByTimeAsync(2_900)
  expect(running.value.has('scan')).toBe(true)
  await vi.advanceTimersByTimeAsync(100)
  vi.useRealTimers()
  expect(running.value.has('scan')).toBe(false)
  expect(decode).toHaveBeenCalledTimes(2)
  expect((await screen.findByRole('alert')).textContent).toContain('too small')
})
