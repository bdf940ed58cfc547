import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { loadAside, saveAside } from '../actions/rescue'
import { FailureNote } from '../components/failure-note'
import { dayText, momentText } from '../components/moment-text'
import { vaultsAside } from '../health-state'
import { status } from '../state'

const KEPT_MS = 90 * 86_400_000

/** Vaults that were put aside, sealed as they were; each can be saved until its 90 days are over. */
export function Aside(): VNode | null {
  useEffect(() => void loadAside(), [status.value])
  if (vaultsAside.value.length === 0) return null
  return (
    <div class="panel">
      <h3>{text('aside_title')}</h3>
      <p class="soft">{text('aside_lead')}</p>
      <FailureNote place="aside" />
      <ul class="plain" aria-label={text('aside_title')}>
        {vaultsAside.value.map((at) => (
          <li key={at} class="snapshot-row">
            <div>
              <b id={`aside-${at}`}>{momentText(at)}</b>
              <p class="faint">{text('aside_until', { date: dayText(at + KEPT_MS) })}</p>
            </div>
            <button type="button" aria-describedby={`aside-${at}`} onClick={() => void saveAside(at)}>
              {text('raw_save')}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
