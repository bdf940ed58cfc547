import { render } from 'preact'
import { loadPreferences } from '../actions/preferences'
import { loadServers } from '../actions/servers'
import { start, startAgain } from '../actions/start'
import { App } from './app'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/rescue.css'
import '../styles/options.css'
import '../styles/transfer.css'

const reactions = { unlocked: loadServers }

const root = document.getElementById('app')
if (root) render(<App onRetry={() => void startAgain(reactions)} />, root)
void loadPreferences()
void start(reactions)
