import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'

/** The light margin that scanners need, in modules. */
const MARGIN = 4

/** A text as a QR code: dark on light in both themes, since few scanners read the reverse. */
export function QrCode({ value }: { value: string }): VNode | null {
  const modules = useSignal<readonly (readonly boolean[])[]>([])
  useEffect(() => {
    let wanted = true
    const draw = async () => {
      // Loaded only where one is drawn, so that the popup stays small.
      const { encode } = await import('uqr')
      if (wanted) modules.value = encode(value, { ecc: 'M', border: MARGIN }).data
    }
    void draw()
    return () => {
      wanted = false
    }
  }, [value])
  const size = modules.value.length
  if (size === 0) return null
  return (
    <svg
      class="qr"
      role="img"
      aria-label={text('qr_code')}
      viewBox={`0 0 ${size} ${size}`}
      shape-rendering="crispEdges"
    >
      <rect class="qr-light" width={size} height={size} />
      <path class="qr-dark" d={outline(modules.value)} />
    </svg>
  )
}

/** Each run of dark modules in a row as one bar. */
export function outline(modules: readonly (readonly boolean[])[]): string {
  const bars: string[] = []
  for (const [y, row] of modules.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue
      const end = row.indexOf(false, x)
      const length = (end < 0 ? row.length : end) - x
      bars.push(`M${x} ${y}h${length}v1h-${length}z`)
      x += length
    }
  }
  return bars.join('')
}
