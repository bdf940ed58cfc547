import { render } from 'preact'
import { remindOfBackup } from '../actions/health'
import { lookAtTab, tellRefusal } from '../actions/page'
import { loadPreferences } from '../actions/preferences'
import { start, startAgain } from '../actions/start'
import { followTabs, isPane } from '../actions/surface'
import { screen } from '../state'
import { App, loadBehind } from './app'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/rescue.css'
import '../styles/popup.css'
import '../styles/site.css'
import '../styles/part.css'

const reactions = { unlocked: lookAround, 'entries-changed': lookAtTab, 'fill-changed': tellRefusal }

async function lookAround(): Promise<void> {
  await lookAtTab()
  await tellRefusal()
  await remindOfBackup(Date.now())
}

// The address may ask for a screen that needs a tab of its own.
const query = new URLSearchParams(location.search)
const asked = query.get('screen')
if (isPane()) {
  document.documentElement.dataset['surface'] = 'pane'
  followTabs()
}
if (asked === 'camera' || asked === 'image' || asked === 'part' || asked === 'tour') screen.value = { name: asked }

const root = document.getElementById('app')
if (root) render(<App onRetry={() => void startAgain(reactions)} />, root)
void loadPreferences()
void start(reactions)
// What a click may ask for next is there by then.
requestIdleCallback(() => void loadBehind())
