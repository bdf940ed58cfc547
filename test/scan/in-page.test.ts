// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { drawingsOnPage, picturesOnPage, scrollPage } from '../../src/scan/in-page'

/** This DOM draws nothing: a canvas answers what was drawn into it, and refuses pictures from elsewhere. */
function drawing() {
  const drawn = new Map<HTMLCanvasElement, HTMLImageElement>()
  const size = { width: 0, height: 0 }
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockImplementation(function (this: HTMLCanvasElement) {
    return { drawImage: (image: HTMLImageElement) => void drawn.set(this, image) } as never
  })
  vi.spyOn(HTMLCanvasElement.prototype, 'toDataURL').mockImplementation(function (this: HTMLCanvasElement) {
    const source = drawn.get(this)
    if (source?.id === 'elsewhere') throw new DOMException('tainted', 'SecurityError')
    return `data:${source?.id ?? ''},${this.width}x${this.height}`
  })
  return size
}

function addImage(id: string, width: number, height: number): void {
  const image = document.createElement('img')
  image.id = id
  image.src = `https://example.com/${id}.png`
  Object.defineProperty(image, 'naturalWidth', { value: width })
  Object.defineProperty(image, 'naturalHeight', { value: height })
  document.body.append(image)
}

beforeEach(drawing)
afterEach(() => {
  vi.restoreAllMocks()
  document.body.replaceChildren()
})

describe('picturesOnPage', () => {
  it('gives pictures in their own size, the squarest first, and small ones enlarged', () => {
    addImage('banner', 900, 300)
    addImage('code', 500, 500)
    addImage('dot', 37, 37)
    const { pictures, closed } = picturesOnPage(null, 10, 1e6)
    expect(pictures.map(String)).toEqual(['data:code,500x500', 'data:dot,407x407', 'data:banner,900x300'])
    expect(closed).toBe(0)
  })

  it('leaves out what is too small for a code, too large, or too much (INP-6)', () => {
    addImage('icon', 16, 16)
    addImage('huge', 5_000, 5_000)
    for (const id of ['a', 'b', 'c']) addImage(id, 400, 400)
    expect(picturesOnPage(null, 2, 4e6).pictures).toEqual(['data:a,400x400', 'data:b,400x400'])
  })

  it('counts those that the browser keeps from scripts', () => {
    addImage('elsewhere', 400, 400)
    addImage('code', 400, 400)
    expect(picturesOnPage(null, 10, 1e6)).toEqual({ pictures: ['data:code,400x400'], closed: 1 })
  })

  it('gives only the picture of an address where one is named', () => {
    addImage('one', 400, 400)
    addImage('two', 400, 400)
    expect(picturesOnPage('https://example.com/two.png', 10, 1e6).pictures).toEqual(['data:two,400x400'])
    expect(picturesOnPage('https://example.com/three.png', 10, 1e6).pictures).toEqual([])
  })

  it('uses nothing from outside itself, since it is sent as text', () => {
    addImage('code', 400, 400)
    const alone = new Function(`return (${picturesOnPage.toString()})(null, 10, 1e6)`) as typeof picturesOnPage
    expect(alone(null, 10, 1e6)).toEqual({ pictures: ['data:code,400x400'], closed: 0 })
  })
})

describe('drawingsOnPage', () => {
  const made: HTMLImageElement[] = []
  const decode = vi.fn(async () => undefined)

  beforeEach(() => {
    made.length = 0
    decode.mockReset()
    decode.mockResolvedValue(undefined)
    vi.stubGlobal('Image', function () {
      const image = { id: `drawing-${made.length}`, src: '', naturalWidth: 1_000, naturalHeight: 1_000, decode }
      made.push(image as never)
      return image
    })
  })
  afterEach(() => vi.unstubAllGlobals())

  function addDrawing(id: string, width: number, height: number, viewBox?: string): void {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
    svg.id = id
    if (viewBox !== undefined) svg.setAttribute('viewBox', viewBox)
    svg.getBoundingClientRect = () => ({ width, height }) as DOMRect
    document.body.append(svg)
  }
  const textOf = (at: number): string => decodeURIComponent(made[at]?.src ?? '')

  it('gives square ones as pictures, the largest first, and no icons', async () => {
    addDrawing('icon', 24, 24)
    addDrawing('small', 200, 200, '0 0 37 37')
    addDrawing('banner', 900, 200)
    addDrawing('large', 3_000, 3_000, '0 0 41 41')
    const { pictures, closed } = await drawingsOnPage(6)
    expect(pictures).toEqual(['data:drawing-0,1000x1000', 'data:drawing-1,1000x1000'])
    expect(closed).toBe(0)
    expect(textOf(0)).toMatch(/^data:image\/svg\+xml,<svg.*id="large".*viewBox="0 0 41 41".*width="1000"/u)
    expect(textOf(1)).toContain('id="small"')
  })

  it('keeps the whole of one that names no view of its own', async () => {
    addDrawing('code', 300, 330)
    await drawingsOnPage(6)
    expect(textOf(0)).toMatch(/viewBox="0 0 300 330".*width="1000" height="1100"/u)
  })

  it('waits for all at once where some are never done', async () => {
    vi.useFakeTimers()
    for (const id of ['one', 'two', 'three']) addDrawing(id, 400, 400)
    decode.mockReturnValueOnce(new Promise(() => undefined)).mockReturnValueOnce(new Promise(() => undefined))
    const answer = drawingsOnPage(6)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await Promise.race([answer, null])).toEqual({ pictures: ['data:drawing-2,1000x1000'], closed: 2 })
    vi.useRealTimers()
  })

  it('counts those that cannot be drawn, and goes on', async () => {
    addDrawing('one', 400, 400)
    addDrawing('two', 300, 300)
    decode.mockRejectedValueOnce(new Error('refused'))
    expect(await drawingsOnPage(6)).toEqual({ pictures: ['data:drawing-1,1000x1000'], closed: 1 })
  })

  it('uses nothing from outside itself, since it is sent as text', async () => {
    addDrawing('code', 300, 300)
    const alone = new Function(`return (${drawingsOnPage.toString()})(6)`) as typeof drawingsOnPage
    expect((await alone(6)).pictures).toHaveLength(1)
  })
})

describe('scrollPage', () => {
  it('says how much room there is, and scrolls nothing, when it is given no place', async () => {
    const scrolled = vi.spyOn(Element.prototype, 'scrollTo')
    expect(await scrollPage(null)).toMatchObject({ left: 0, top: 0, viewWidth: innerWidth, viewHeight: innerHeight })
    expect(scrolled).not.toHaveBeenCalled()
  })

  it('scrolls the part that scrolls where the page does not', async () => {
    const inner = document.createElement('div')
    inner.style.overflowY = 'scroll'
    document.body.append(inner)
    Object.defineProperty(inner, 'scrollHeight', { value: 3_000 })
    Object.defineProperty(inner, 'clientHeight', { value: 500 })
    Object.defineProperty(inner, 'clientWidth', { value: 400 })
    expect(await scrollPage({ left: 0, top: 700 })).toMatchObject({ top: 700, height: 3_000, viewHeight: 500 })
    expect(inner.scrollTop).toBe(700)
  })
})
