import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

import type { Call } from '../call'
import { APPLICATIONS } from '../seed'
import { boxesPage } from './boxes-page'
import { guardPage } from './guard-page'
import { indexPage } from './index-page'
import type { Language } from './page'

const PUBLIC = join(import.meta.dirname, 'public')
const WIDGET = join(dirname(createRequire(import.meta.url).resolve('@authing/guard/package.json')), 'dist/global')

/** Our own pages may load nothing but this site's files, as careful sites do. The widget sets styles as it likes. */
const STRICT_POLICY = `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'`

const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/guard.min.js': [join(WIDGET, 'guard.min.js'), 'text/javascript; charset=utf-8'],
  '/guard.min.css': [join(WIDGET, 'guard.min.css'), 'text/css; charset=utf-8'],
  '/guard.js': [join(PUBLIC, 'guard.js'), 'text/javascript; charset=utf-8'],
  '/boxes.js': [join(PUBLIC, 'boxes.js'), 'text/javascript; charset=utf-8'],
  '/demo.css': [join(PUBLIC, 'demo.css'), 'text/css; charset=utf-8'],
  '/cdn/svg-string/guard': [join(PUBLIC, 'icons.svg'), 'image/svg+xml'],
  '/favicon.ico': [join(PUBLIC, 'favicon.svg'), 'image/svg+xml'],
}

/** The demo site: its pages and what they load. `null` for any other path. */
export async function demoSite(call: Call): Promise<Response | null> {
  if (call.method !== 'GET') return null
  const lang: Language = call.query.get('lang')?.startsWith('zh') ? 'zh-CN' : 'en-US'
  if (call.path === '/') return page(indexPage(lang), STRICT_POLICY)
  if (call.path === '/guard')
    return page(guardPage(applicationIn(call), call.query.get('lang'), call.query.get('protocol')))
  if (call.path === '/boxes') return page(boxesPage(applicationIn(call), lang), STRICT_POLICY)
  return Object.hasOwn(FILES, call.path) ? file(call.path) : null
}

function applicationIn(call: Call): string {
  return call.query.get('app') ?? APPLICATIONS[0].id
}

function page(html: string, policy?: string): Response {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    ...(policy ? { 'content-security-policy': policy } : {}),
  }
  return new Response(html, { headers })
}

async function file(path: string): Promise<Response | null> {
  const [name, type] = FILES[path] ?? []
  if (!name || !type) return null
  const content = await readFile(name)
  return new Response(content, { headers: { 'content-type': type, 'cache-control': 'max-age=600' } })
}
