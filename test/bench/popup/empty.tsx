import { render } from 'preact'

// The least a page with our framework can be: six digits, and nothing asked of anybody.
const root = document.getElementById('app')
if (root) render(<p>123456</p>, root)
