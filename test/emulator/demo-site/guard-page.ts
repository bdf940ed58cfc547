import { POOL } from '../seed'
import { escapeHtml } from './page'

/** `GET /guard`: the vendor's own widget, unmodified, and what the page shows once it has signed in. */
export function guardPage(app: string, lang: string | null, protocol: string | null): string {
  const language = lang ?? 'en-US'
  const zh = language.startsWith('zh')
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${POOL.name}</title>
<link rel="stylesheet" href="/guard.min.css">
<link rel="stylesheet" href="/demo.css" id="styles" disabled>
</head>
<body>
<div id="guard" data-app="${escapeHtml(app)}" data-lang="${escapeHtml(language)}" data-protocol="${escapeHtml(protocol ?? '')}"></div>
<main id="signed-in" hidden>
<h1>${POOL.name}</h1>
<p role="status">${zh ? '已登录：' : 'Signed in as'} <strong id="user"></strong></p>
<button type="button" id="sign-out">${zh ? '退出登录' : 'Sign out'}</button>
</main>
<script src="/guard.min.js"></script>
<script src="/guard.js"></script>
</body>
</html>
`
}
