// Each function here is sent into a web page as its own text: it may use nothing from outside itself. What it answers is
// the page's word, and is read like any stranger's file.

/** What a page's own pictures are, as `data:` addresses, and how many of them it may not show to a script. */
export interface PagePictures {
  readonly pictures: readonly string[]
  readonly closed: number
}

/**
 * The pixels of the page's pictures as they are stored, however they are scaled or cut off on the screen; the squarest
 * first. With `address` only the picture of that address.
 */
export function picturesOnPage(address: string | null, most: number, mostPixels: number): PagePictures {
  const leastSide = 21
  const enlargeBelow = 400
  const sizeOf = (element: HTMLImageElement | HTMLCanvasElement): { width: number; height: number } =>
    element instanceof HTMLImageElement
      ? { width: element.naturalWidth, height: element.naturalHeight }
      : { width: element.width, height: element.height }
  const lopsided = (element: HTMLImageElement | HTMLCanvasElement): number => {
    const { width, height } = sizeOf(element)
    return Math.max(width, height) / Math.min(width, height)
  }
  const all = [...document.querySelectorAll<HTMLImageElement | HTMLCanvasElement>('img, canvas')]
  const wanted = all
    .filter((element) => {
      const { width, height } = sizeOf(element)
      if (Math.min(width, height) < leastSide || width * height > mostPixels) return false
      if (address === null) return true
      return element instanceof HTMLImageElement && (element.currentSrc === address || element.src === address)
    })
    .sort((one, other) => lopsided(one) - lopsided(other))
    .slice(0, most)
  const pictures: string[] = []
  let closed = 0
  for (const element of wanted) {
    const { width, height } = sizeOf(element)
    const times = Math.max(1, Math.ceil(enlargeBelow / Math.max(width, height)))
    const canvas = document.createElement('canvas')
    canvas.width = width * times
    canvas.height = height * times
    try {
      const context = canvas.getContext('2d')
      if (!context) continue
      context.imageSmoothingEnabled = false
      context.drawImage(element, 0, 0, canvas.width, canvas.height)
      pictures.push(canvas.toDataURL('image/png'))
    } catch {
      // From another site without its leave: the browser shows it, and lets no script read it.
      closed++
    }
  }
  return { pictures, closed }
}

/**
 * The page's own drawings (SVG) as pictures, however much of them the screen shows; the largest first. Drawn as a picture,
 * a drawing runs no script and loads nothing.
 */
export async function drawingsOnPage(most: number): Promise<PagePictures> {
  const [leastSide, side, longestText, longestMs] = [60, 1_000, 1_000_000, 1_000]
  const area = (svg: Element): number => svg.getBoundingClientRect().width * svg.getBoundingClientRect().height
  const isSquare = (svg: Element): boolean => {
    const { width, height } = svg.getBoundingClientRect()
    return Math.min(width, height) >= leastSide && Math.max(width, height) <= 1.5 * Math.min(width, height)
  }
  const textOf = (svg: SVGSVGElement): string => {
    const copy = svg.cloneNode(true) as SVGSVGElement
    const { width, height } = svg.getBoundingClientRect()
    if (!svg.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`)
    copy.setAttribute('width', String(side))
    copy.setAttribute('height', String(Math.round((side * height) / width)))
    // What it inherits from the page.
    const { color, fill } = getComputedStyle(svg)
    copy.setAttribute('style', `color:${color};fill:${fill}`)
    return new XMLSerializer().serializeToString(copy)
  }
  const drawn = async (text: string): Promise<string> => {
    const image = new Image()
    image.src = `data:image/svg+xml,${encodeURIComponent(text)}`
    await Promise.race([image.decode(), new Promise((_, reject) => setTimeout(reject, longestMs))])
    const canvas = document.createElement('canvas')
    canvas.width = image.naturalWidth
    canvas.height = image.naturalHeight
    canvas.getContext('2d')?.drawImage(image, 0, 0)
    return canvas.toDataURL('image/png')
  }
  const wanted = [...document.querySelectorAll('svg')]
    .filter(isSquare)
    .sort((one, other) => area(other) - area(one))
    .slice(0, most)
  // At once, so that all of them take no longer than the slowest may.
  const made = await Promise.allSettled(
    wanted.map(async (svg) => {
      const text = textOf(svg)
      return text.length <= longestText ? [await drawn(text)] : []
    }),
  )
  const pictures = made.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
  // The page lets no such picture be made, or it takes too long.
  const closed = made.filter(({ status }) => status === 'rejected').length
  return { pictures, closed }
}

/** The lengths of what scrolls, in CSS pixels. */
export interface ScrollRoom {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly viewWidth: number
  readonly viewHeight: number
}

/**
 * Scrolls the page (or the part of it that scrolls, where the page itself does not) and answers when it is drawn; without a
 * place it only says how much room there is.
 */
export async function scrollPage(place: { readonly left: number; readonly top: number } | null): Promise<ScrollRoom> {
  const settleMs = 150
  const page = document.scrollingElement ?? document.documentElement
  const scrolls = (element: Element): boolean =>
    element.scrollHeight > element.clientHeight + 8 && /auto|scroll/.test(getComputedStyle(element).overflowY)
  const inner = [...document.querySelectorAll('main, section, article, div')]
    .filter(scrolls)
    .sort((one, other) => other.clientWidth * other.clientHeight - one.clientWidth * one.clientHeight)[0]
  const pageScrolls = page.scrollHeight > innerHeight + 8 || page.scrollWidth > innerWidth + 8
  const scroller = pageScrolls ? page : (inner ?? page)
  if (place) {
    scroller.scrollTo({ left: place.left, top: place.top, behavior: 'instant' })
    await new Promise((resolve) => setTimeout(resolve, settleMs))
  }
  return {
    left: scroller.scrollLeft,
    top: scroller.scrollTop,
    width: scroller.scrollWidth,
    height: scroller.scrollHeight,
    viewWidth: scroller === page ? innerWidth : scroller.clientWidth,
    viewHeight: scroller === page ? innerHeight : scroller.clientHeight,
  }
}
