import { effect } from '@preact/signals'
import { render } from 'preact'
import { remindOfBackup } from '../actions/health'
import { allAreHere } from '../actions/list'
import { lookAtTab, tellRefusal } from '../actions/page'
import { loadPreferences } from '../actions/preferences'
import { start, startAgain } from '../actions/start'
import { followTabs, isPane } from '../actions/surface'
import { bringTexts } from '../actions/texts'
import { looking, screen, status } from '../state'
import { App, loadBehind } from './app'
import './main.css'

const UNSEEN_MS = 200

const reactions = { unlocked: lookAround, 'entries-changed': lookAtTab, 'fill-changed': tellRefusal }

async function lookAround(): Promise<void> {
  // Until then no row is sure to stay where it is.
  looking.value = true
  await painted()
  await lookAtTab()
  await tellRefusal()
  await allAreHere()
  await remindOfBackup(Date.now())
}

/** The first codes come before all that costs the background time. A page that nobody sees is not painted. */
async function painted(): Promise<void> {
  const frame = new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
  await Promise.race([frame, new Promise((resolve) => setTimeout(resolve, UNSEEN_MS))])
}

// The address may ask for a screen that needs a tab of its own.
const query = new URLSearchParams(location.search)
const asked = query.get('screen')
if (isPane()) {
  document.documentElement.dataset['surface'] = 'pane'
  followTabs()
}
if (asked !== null) document.documentElement.dataset['surface'] ??= 'tab'
if (asked === 'camera' || asked === 'image' || asked === 'part' || asked === 'tour') screen.value = { name: asked }

const root = document.getElementById('app')
if (root) render(<App onRetry={() => void startAgain(reactions)} />, root)
void loadPreferences()
void start(reactions, 'first')
// What a click may ask for next is there by then.
effect(() => {
  if (status.value !== 'loading') requestIdleCallback(() => void Promise.all([bringTexts(), loadBehind()]))
})
