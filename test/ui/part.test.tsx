// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { screen as current } from '../../src/ui/state'
import { fillVault, fireEvent, screen, setStage, show } from './stage'

const decode = vi.hoisted(() => vi.fn(async (_image: unknown): Promise<readonly string[]> => []))
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
