// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../src/core/errors'
import { startAgain } from '../../src/ui/actions/start'
import { App } from '../../src/ui/popup/app'
import { screen as current } from '../../src/ui/state'
import { fillVault, fireEvent, screen, setStage, show } from './stage'

const decode = vi.hoisted(() => vi.fn(async (_image: Blob): Promise<readonly string[]> => []))
// A worker is not to be had here; that it decodes is scan's own test.
vi.mock('../../src/scan/decode', () => ({ decodeInWorker: decode, createDecoder: () => ({ decode, close() {} }) }))

beforeEach(async () => {
  const state = await setStage()
  fillVault(state)
  await show(<App onRetry={() => void startAgain()} />)
  current.value = { name: 'image' }
  await screen.findByRole('heading', { name: 'Scan an image' })
})

function chooseFiles(...names: string[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type="file"]')
  if (!input) throw new Error('no file field')
  const files = names.map((name) => new File(['x'], name, { type: 'image/png' }))
  // A list that empties with the field, as the browser's does.
  Object.defineProperty(input, 'files', { get: () => files })
  Object.defineProperty(input, 'value', {
    set() {
      files.length = 0
    },
  })
  fireEvent.change(input)
}

it('proposes what a chosen picture shows', async () => {
  decode.mockResolvedValueOnce(['otpauth://totp/Acme:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Acme'])
  chooseFiles('code.png')
  expect(await screen.findByRole('dialog', { name: 'Add account' })).toBeTruthy()
  expect(decode.mock.calls[0]?.[0]).toBeInstanceOf(File)
})

it('says what to do when there is no code in it', async () => {
  chooseFiles('code.png')
  expect((await screen.findByRole('alert')).textContent).toContain('Make it fully visible')
})

it('says what to do when it is no picture', async () => {
  const drop = new Event('drop', { bubbles: true, cancelable: true })
  Object.assign(drop, { dataTransfer: { files: [new File(['x'], 'notes.txt', { type: 'text/plain' })] } })
  fireEvent(screen.getByRole('heading', { name: 'Scan an image' }), drop)
  expect((await screen.findByRole('alert')).textContent).toContain('Choose a PNG or JPEG')
})

it('reads several pictures as one, whatever is wrong with some of them', async () => {
  decode.mockResolvedValueOnce(['otpauth://totp/Acme:bob?secret=GEZDGNBVGY3TQOJQ&issuer=Acme'])
  decode.mockRejectedValueOnce(new AppError('scan/image-unreadable'))
  decode.mockResolvedValueOnce(['otpauth://totp/Birch:eve?secret=GEZDGNBVGY3TQOJR&issuer=Birch'])
  chooseFiles('a.png', 'b.png', 'c.png')
  const dialog = await screen.findByRole('dialog', { name: 'Several accounts found' })
  expect(dialog.querySelectorAll('input[type="checkbox"]')).toHaveLength(2)
})

it('says why when none of several could be read', async () => {
  decode.mockRejectedValueOnce(new AppError('scan/too-small'))
  chooseFiles('a.png', 'b.png')
  expect((await screen.findByRole('alert')).textContent).toContain('too small or too blurred')
})
