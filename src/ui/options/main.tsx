import { render } from 'preact'
import { loadPreferences } from '../actions/preferences'
import { loadServers } from '../actions/servers'
import { start, startAgain } from '../actions/start'
import { loadWays } from '../actions/ways'
import { App } from './app'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/rescue.css'
import '../styles/options.css'
import '../styles/site.css'
import '../styles/transfer.css'
import '../styles/sheet.css'

const reactions = { unlocked: loadAll, 'ways-changed': loadWays }

async function loadAll(): Promise<void> {
  await Promise.all([loadServers(), loadWays()])
}

const root = document.getElementById('app')
if (root) render(<App onRetry={() => void startAgain(reactions)} />, root)
void loadPreferences()
void start(reactions)
