import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { pictureOfPage, scanPart } from '../../actions/page-part'
import { stopScanning } from '../../actions/scan-attempt'
import { FailureNote } from '../../components/failure-note'
import { ScreenHead } from '../../components/screen-head'
import { useWhenSeen } from '../../components/when-seen'
import { running } from '../../state'
import { afterKey, between, FIRST_BOX, type Box } from './part-box'
import { TransferCard } from './transfer-card'

/** The page's picture, in which the user draws a box around a QR code. All of it is ours: the page knows nothing of it. */
export function PartScreen(): VNode {
  const picture = useSignal<ImageBitmap | null>(null)
  const box = useSignal<Box>(FIRST_BOX)
  useLayoutEffect(() => {
    document.body.classList.add('with-part')
    return () => document.body.classList.remove('with-part')
  }, [])
  const take = async () => {
    picture.value = await pictureOfPage()
  }
  useWhenSeen(() => void take(), stopScanning)
  const read = () => {
    if (picture.value) void scanPart(picture.value, box.value)
  }
  return (
    <div class="screen">
      <ScreenHead title={text('part_title')} />
      <main class="part">
        <p class="soft">{text(running.value.has('scan') ? 'scanning' : 'part_lead')}</p>
        <TransferCard />
        <FailureNote place="scan" />
        {picture.value && (
          <>
            <Chooser picture={picture.value} box={box.value} onBox={(next) => (box.value = next)} onRead={read} />
            <div class="actions">
              <button type="button" class="primary" onClick={read}>
                {text('part_read')}
              </button>
            </div>
          </>
        )}
      </main>
    </div>
  )
}

interface ChooserProps {
  picture: ImageBitmap
  box: Box
  onBox: (box: Box) => void
  onRead: () => void
}

/** A box is drawn with the pointer and read when it is let go, or moved with the keys. */
function Chooser({ picture, box, onBox, onRead }: ChooserProps): VNode {
  const from = useRef<{ x: number; y: number } | null>(null)
  const id = useId()
  const begin = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = pointOn(event)
  }
  const draw = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const drawn = from.current && between(from.current, pointOn(event))
    if (drawn) onBox(drawn)
    return drawn
  }
  const end = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    const drawn = draw(event)
    from.current = null
    if (drawn) onRead()
  }
  const press = (event: KeyboardEvent) => {
    const moved = afterKey(box, event.key, event.shiftKey)
    if (!moved && event.key !== 'Enter') return
    event.preventDefault()
    if (moved) onBox(moved)
    else onRead()
  }
  return (
    <>
      <div
        class="part-picture"
        style={{ '--ratio': String(picture.width / picture.height) }}
        role="application"
        aria-label={text('part_picture')}
        aria-describedby={id}
        tabIndex={0}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
        onKeyDown={press}
      >
        <Picture picture={picture} />
        <span class="part-box" style={percents(box)} />
      </div>
      <p class="hint" id={id}>
        {text('part_keys')}
      </p>
    </>
  )
}

function Picture({ picture }: { picture: ImageBitmap }): VNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => canvas.current?.getContext('2d')?.drawImage(picture, 0, 0), [picture])
  return <canvas ref={canvas} width={picture.width} height={picture.height} />
}

/** In shares of the element's sides. */
function pointOn(event: PointerEvent & { currentTarget: HTMLElement }): { x: number; y: number } {
  const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
  return { x: (event.clientX - left) / width, y: (event.clientY - top) / height }
}

function percents({ left, top, width, height }: Box): Record<string, string> {
  const percent = (share: number) => `${share * 100}%`
  return { left: percent(left), top: percent(top), width: percent(width), height: percent(height) }
}
