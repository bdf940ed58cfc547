import { attribute, documentOf, holds, parentElement, read, rootsOf, styleOf, windowOf } from './dom'

/** The bounds of FIL-5. */
const LEAST_OPACITY = 0.9
const LEAST_WIDTH = 20
const LEAST_HEIGHT = 10
const LEAST_HITS = 4
/** Where the field is touched: its middle and four points towards the corners, as shares of its size. */
const SAMPLES = [
  [0.5, 0.5],
  [0.2, 0.25],
  [0.8, 0.25],
  [0.2, 0.75],
  [0.8, 0.75],
] as const
/** More elements than this are not searched for covers that let clicks through. */
const MAX_COVERS = 50_000

interface Point {
  readonly x: number
  readonly y: number
}

/**
 * Whether the user can see each of these fields, where they say they are: nothing transparent, masked, shrunk, covered
 * or out of the window (FIL-5). Scrolls the first one into view if need be. Transparent *text* is no obstacle: widgets
 * lay such a field over boxes that they paint themselves.
 */
export function areVisible(fields: readonly HTMLInputElement[]): boolean {
  const [first] = fields
  if (first === undefined) return false
  if (!isVisible(first)) read(first, 'scrollIntoView')({ block: 'center', inline: 'nearest', behavior: 'instant' })
  return fields.every(isVisible)
}

function isVisible(field: HTMLInputElement): boolean {
  const { width, height } = rectOf(field)
  if (width < LEAST_WIDTH || height < LEAST_HEIGHT || !isInWindow(field)) return false
  if (!isPainted(field)) return false
  const points = samplesOf(field)
  const hits = points.filter((point) => hitsField(field, point))
  return hits.length >= LEAST_HITS && !isCovered(field, points) && isFrameVisible(field, points)
}

/** Opacity does not inherit: it multiplies along the ancestors, through shadow hosts (trap 15). */
function isPainted(element: Element): boolean {
  let opacity = 1
  for (let at: Element | null = element; at !== null; at = parentElement(at)) {
    const style = styleOf(at)
    if (style === null || style.display === 'none' || style.contentVisibility === 'hidden') return false
    opacity *= Number(style.opacity)
    if (!(opacity >= LEAST_OPACITY) || isDistorted(style)) return false
  }
  return styleOf(element)?.visibility === 'visible'
}

/** Effects that hide without changing layout or hit testing. */
function isDistorted(style: CSSStyleDeclaration): boolean {
  if (style.maskImage !== '' && style.maskImage !== 'none') return true
  if (style.mixBlendMode !== '' && style.mixBlendMode !== 'normal') return true
  return hidesByFilter(style.filter)
}

/** Shadows and the colour changes of dark modes leave a field readable; everything else may not. */
function hidesByFilter(filter: string): boolean {
  if (filter === '' || filter === 'none') return false
  const left = filter
    .replace(/drop-shadow\((?:[^()]|\([^()]*\))*\)/gu, '')
    .replace(/(?:hue-rotate|grayscale|sepia)\([^()]*\)/gu, '')
    .replace(
      /(?:invert\((?:0|1|0\.9\d*|0\.0\d*)\)|(?:brightness|contrast|saturate)\((?:0\.[89]\d*|1|1\.[0-2]\d*)\))/gu,
      '',
    )
  return left.trim() !== ''
}

function rectOf(element: Element): DOMRect {
  return read(element, 'getBoundingClientRect')()
}

function samplesOf(element: Element): Point[] {
  const rect = rectOf(element)
  return SAMPLES.map(([across, down]) => ({ x: rect.left + rect.width * across, y: rect.top + rect.height * down }))
}

function isInWindow(element: Element): boolean {
  const view = windowOf(documentOf(element))
  if (view === null) return false
  const inside = ({ x, y }: Point): boolean => x >= 0 && y >= 0 && x < view.innerWidth && y < view.innerHeight
  return samplesOf(element).filter(inside).length >= LEAST_HITS
}

/** Whether a click at `point` reaches the field or its label. */
function hitsField(field: HTMLInputElement, point: Point): boolean {
  const hit = elementAt(documentOf(field), point)
  return (
    hit !== null && (hit === field || [...(read(field, 'labels') ?? [])].some((label) => read(label, 'contains')(hit)))
  )
}

/** The innermost element at a point, through open shadow roots. */
function elementAt(document: Document, { x, y }: Point): Element | null {
  let hit = read(document, 'elementFromPoint')(x, y)
  for (let root = shadowOf(hit); root !== null; root = shadowOf(hit)) {
    const inner = read(root, 'elementFromPoint')(x, y)
    if (inner === null || inner === hit) break
    hit = inner
  }
  return hit
}

function shadowOf(element: Element | null): ShadowRoot | null {
  return element === null ? null : read(element, 'shadowRoot')
}

/**
 * What lets clicks through is invisible to hit testing, yet may be painted over the field. Counts as a cover when it
 * hides most of the field by itself; the small boxes that widgets paint do not.
 */
function isCovered(field: HTMLInputElement, points: readonly Point[]): boolean {
  for (const root of rootsOf(documentOf(field))) {
    const all = read(root, 'querySelectorAll')('*')
    for (let index = 0; index < Math.min(all.length, MAX_COVERS); index += 1) {
      const element = all[index]
      if (element !== undefined && holdsPoints(element, points) && isOpaqueVeil(element, field)) return true
    }
  }
  return false
}

function holdsPoints(element: Element, points: readonly Point[]): boolean {
  const { left, top, right, bottom } = rectOf(element)
  return points.filter(({ x, y }) => x >= left && x < right && y >= top && y < bottom).length >= LEAST_HITS
}

function isOpaqueVeil(element: Element, field: HTMLInputElement): boolean {
  const style = styleOf(element)
  if (style === null || style.pointerEvents !== 'none' || style.position === 'static') return false
  if (style.visibility !== 'visible' || Number(style.opacity) < 0.1 || holds(element, field)) return false
  const replaced = /^(?:img|video|canvas|iframe|svg|object|embed)$/u.test(read(element, 'localName'))
  return replaced || style.backgroundImage !== 'none' || alphaOf(style.backgroundColor) > 0.1
}

function alphaOf(color: string): number {
  if (color === 'transparent') return 0
  const alpha = /^rgba\(.*[,/]\s*([\d.]+)\)$/u.exec(color)?.[1]
  return alpha === undefined ? 1 : Number(alpha)
}

/** The frame that shows this document must be visible too, as far as the frames above let us look. */
function isFrameVisible(field: Element, points: readonly Point[]): boolean {
  const frame = frameOf(documentOf(field))
  if (frame === null) return true
  const { left, top } = rectOf(frame)
  const moved = points.map(({ x, y }) => ({ x: x + left + frame.clientLeft, y: y + top + frame.clientTop }))
  const hits = moved.filter((point) => elementAt(documentOf(frame), point) === frame)
  return isPainted(frame) && hits.length >= LEAST_HITS && isFrameVisible(frame, moved)
}

function frameOf(document: Document): Element | null {
  try {
    return windowOf(document)?.frameElement ?? null
  } catch {
    // A frame of another origin: whether to fill there is not decided by its looks.
    return null
  }
}

/** Whether the user may type into the field at all. */
export function isEnabled(field: HTMLInputElement): boolean {
  return (
    !read(field, 'matches')(':disabled') && !read(field, 'readOnly') && attribute(field, 'aria-disabled') !== 'true'
  )
}
