import { render } from 'preact'
import { forgetWhenIdle } from '../actions/admin'
import { loadPreferences } from '../actions/preferences'
import { start, startAgain } from '../actions/start'
import { App } from './app'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/rescue.css'
import '../styles/options.css'
import '../styles/admin.css'

const root = document.getElementById('app')
if (root) render(<App onRetry={() => void startAgain()} />, root)
forgetWhenIdle()
void loadPreferences()
void start()
