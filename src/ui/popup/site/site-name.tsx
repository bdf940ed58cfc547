import type { VNode } from 'preact'
import { page } from '../../state'

/** The site in front: the host as it is spelled on the wire, the part its owner registered in bold (FIL-8). */
export function SiteName(): VNode | null {
  const { origin, domain } = page.value ?? {}
  if (!origin) return null
  const { hostname, port } = new URL(origin)
  const bold = domain && hostname.endsWith(domain) ? domain : hostname
  return (
    <span class="site-name" dir="ltr">
      {hostname.slice(0, -bold.length)}
      <b>{bold}</b>
      {port && `:${port}`}
    </span>
  )
}
