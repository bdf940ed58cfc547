import { ScanLine } from 'lucide'
import type { RefObject, VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { text } from '../../../i18n/text'
import { show } from '../../actions/navigation'
import { Ring, secondsLeft } from '../../components/countdown'
import { FailureNote } from '../../components/failure-note'
import { Icon } from '../../components/icon'
import { Lazy } from '../../components/lazy'
import { isMatchUnseen, listed, matching, search, selection, shortcutsShown, siteOnTop, tags } from '../../list-state'
import { allHere, inUse, now, page, trashed } from '../../state'
import { AddMenu } from '../add/add-menu'
import { Footer } from './footer'
import { Header } from './header'
import { listKeys } from './list-keys'
import { focusLeftRow } from './row-focus'
import { Rows } from './rows'
import { sharedEnd } from './shared-end'
import { SiteCard } from '../site/site-card'

const loadCards = async () => (await import('../cards/cards')).Cards
const loadNoAccountCard = async () => (await import('../site/no-account-card')).NoAccountCard
const loadSelectionBar = async () => (await import('./selection-bar')).SelectionBar
const loadTagChips = async () => (await import('./tag-chips')).TagChips
const loadShortcuts = async () => (await import('./shortcuts')).ShortcutsDialog

/** The accounts: those of the page in front on top, then all the others, with one countdown for most of them. */
export function List(): VNode {
  const empty = inUse.value.length === 0
  const list = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLElement>(null)
  useEffect(() => (list.current ? takeUp(list.current) : undefined), [])
  return (
    <div ref={list} class="screen">
      <Header />
      {tags.value.length > 0 && <Lazy load={loadTagChips} />}
      <div class="notes">
        <Lazy load={loadCards} />
        {['list', 'accounts', 'fill', 'page', 'codes'].map((place) => (
          <FailureNote key={place} place={place} />
        ))}
      </div>
      <main ref={scroller} class="scroll">
        <h1 id="accounts" class="sr-only">
          {text('accounts')}
        </h1>
        {empty ? <Empty /> : <Accounts scroller={scroller} />}
        {trashed.value.length > 0 && <TrashLink />}
      </main>
      {!empty && (selection.value === null ? <Footer /> : <Lazy load={loadSelectionBar} />)}
      {shortcutsShown.value && <Lazy load={loadShortcuts} />}
    </div>
  )
}

function takeUp(list: HTMLElement): () => void {
  focusLeftRow(list)
  return listenToKeys(list)
}

/** On the document: after a click beside the rows nothing of ours has the focus. While Alt is held the digits show. */
function listenToKeys(list: HTMLElement): () => void {
  const keyDown = (event: KeyboardEvent) => {
    list.classList.toggle('show-digits', event.key === 'Alt')
    listKeys(list, event)
  }
  const hideDigits = () => list.classList.remove('show-digits')
  const seeFocus = ({ target }: FocusEvent) =>
    list.classList.toggle('focus-seen', target instanceof Element && target.matches(':focus-visible'))
  document.addEventListener('keydown', keyDown)
  document.addEventListener('keyup', hideDigits)
  window.addEventListener('blur', hideDigits)
  list.addEventListener('focusin', seeFocus)
  return () => {
    document.removeEventListener('keydown', keyDown)
    document.removeEventListener('keyup', hideDigits)
    window.removeEventListener('blur', hideDigits)
    list.removeEventListener('focusin', seeFocus)
  }
}

function Accounts({ scroller }: { scroller: RefObject<HTMLElement | null> }): VNode {
  const rows = listed.value
  return (
    <>
      <TimeLeft />
      {page.value?.origin && matching.value.length === 0 && !isMatchUnseen.value && <Lazy load={loadNoAccountCard} />}
      <div role="list" class="list" aria-labelledby="accounts">
        {siteOnTop.value &&
          matching.value.map((entry, index) => <SiteCard key={entry.id} entry={entry} first={index === 0} />)}
        {rows.length > 0 && <Caption />}
        <Rows scroller={scroller} />
      </div>
      {rows.length === 0 && search.value.trim() !== '' && allHere.value && (
        <p class="nothing" role="status">
          {text('search_nothing', { query: search.value })}
        </p>
      )}
    </>
  )
}

/** The line above the rows; for the eye alone, since only rows belong into a list. */
function Caption(): VNode {
  const end = sharedEnd.value
  return (
    <div class="caption" aria-hidden="true">
      <span>{text(siteOnTop.value ? 'other_accounts' : 'all_accounts')}</span>
      {end && (
        <span class="caption-time">
          {text('seconds_short', { seconds: secondsLeft(end.until, now.value) })}
          <Ring left={end.until - now.value} of={end.periodMs} />
        </span>
      )}
    </div>
  )
}

/** The countdown in words. */
function TimeLeft(): VNode | null {
  const end = sharedEnd.value
  if (!end) return null
  return (
    <p class="sr-only" role="timer">
      {text('codes_valid_for', { seconds: secondsLeft(end.until, now.value) })}
    </p>
  )
}

function TrashLink(): VNode {
  return (
    <div class="list-end">
      <button type="button" class="link aside" onClick={() => show({ name: 'trash' })}>
        {text('trash')}
      </button>
    </div>
  )
}

function Empty(): VNode {
  return (
    <div class="empty">
      <div role="list" class="list" aria-labelledby="accounts" />
      <span class="emblem">
        <Icon node={ScanLine} size={26} />
      </span>
      <h2>{text('empty_title')}</h2>
      <p class="soft">{text('empty_lead')}</p>
      <AddMenu prominent />
    </div>
  )
}
