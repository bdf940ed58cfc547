import { useSignal } from '@preact/signals'
import {
  Archive,
  CircleUser,
  Globe,
  HeartPulse,
  Info,
  KeyRound,
  Palette,
  Server,
  ShieldCheck,
  type IconNode,
} from 'lucide'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { Icon } from '../components/icon'
import { status } from '../state'
import type { SectionName } from './section'

/** In the order of the page. */
const CHAPTERS = [
  ['security', ShieldCheck],
  ['accounts', CircleUser],
  ['sites', Globe],
  ['transfer', Archive],
  ['health', HeartPulse],
  ['servers', Server],
  ['factors', KeyRound],
  ['appearance', Palette],
  ['about', Info],
] as const satisfies readonly (readonly [SectionName, IconNode])[]

/** What a heading must have reached to be the one that is read: just below where a link brings it. */
const READING_LINE_PX = 100

/** The way to each section that is shown, and which of them is being read. */
export function Chapters(): VNode {
  const reading = useReading()
  return (
    <nav class="chapter-list" aria-label={text('sections')}>
      {CHAPTERS.filter(([name]) => isShown(name)).map(([name, icon]) => (
        <a key={name} href={`#section-${name}`} aria-current={reading === name ? 'true' : undefined}>
          <Icon node={icon} size={16} />
          {text(`section_${name}`)}
        </a>
      ))}
    </nav>
  )
}

function isShown(name: SectionName): boolean {
  if (name === 'appearance' || name === 'about') return true
  return status.value === 'unlocked' || (status.value === 'locked' && name === 'health')
}

/** The section at the reading line; at the page's end the last one, which may be too short to get there. */
function useReading(): SectionName | null {
  const reading = useSignal<SectionName | null>(null)
  useEffect(() => {
    const look = () => (reading.value = sectionRead())
    look()
    // What comes late, folds open or wraps anew moves the headings without a scroll.
    const resized = new ResizeObserver(look)
    resized.observe(document.body)
    addEventListener('scroll', look, { passive: true })
    return () => {
      resized.disconnect()
      removeEventListener('scroll', look)
    }
  }, [status.value])
  return reading.value
}

function sectionRead(): SectionName | null {
  const { scrollHeight, clientHeight, scrollTop } = document.documentElement
  const atEnd = scrollTop > 0 && scrollTop + clientHeight >= scrollHeight - 1
  const line = atEnd ? clientHeight : READING_LINE_PX
  const reached = CHAPTERS.map(([name]) => name).filter((name) => {
    const heading = document.getElementById(`section-${name}`)
    return heading !== null && heading.getBoundingClientRect().top <= line
  })
  return reached.at(-1) ?? null
}
