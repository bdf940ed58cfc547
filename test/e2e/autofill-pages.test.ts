import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Window } from 'happy-dom'
import { launch } from 'puppeteer-core'
import type { Browser, CDPSession, Page } from 'puppeteer-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { boundedRead, boundedReport } from '../../src/autofill/bounded'
import { type Judged, isCodeField, rank, withRead, worthReading } from '../../src/autofill/choose'
import type { FillReport, FrameReport } from '../../src/autofill/frame'
import { RULES } from '../../src/autofill/rules'
import { buildWidget } from '../autofill/widget-page'

const FIELD =
  '<label for="otp">Authenticator code</label> <input id="otp" name="otp" maxlength="6" inputmode="numeric">'
const HEAD = '<!doctype html><meta charset="utf-8"><title>Two-factor authentication</title>'

/** Pages by path; the tests put them here. */
const pages = new Map<string, string>()

let script = ''
let recoveryScript = ''
let server: Server
let browser: Browser
let page: Page
let cdp: CDPSession

beforeAll(async () => {
  script = await bundle('src/autofill/main.ts')
  recoveryScript = await bundle('src/autofill/recovery-main.ts')
  server = createServer((request, response) => {
    const html = pages.get(request.url ?? '')
    response.writeHead(html === undefined ? 404 : 200, { 'content-type': 'text/html' }).end(html ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  browser = await launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] })
})

afterAll(async () => {
  await browser.close()
  server.close()
})

beforeEach(async () => {
  page = await browser.newPage()
  await page.setViewport({ width: 1000, height: 700 })
  cdp = await page.createCDPSession()
})

afterEach(async () => page.close())

/** A script as the extension ships it: one classic script. */
async function bundle(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['iife'], name: 'unused', fileName: 'autofill' },
    },
  })
  const [first] = [built].flat()
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined
  if (chunk?.type !== 'chunk') throw new Error('no bundle')
  return chunk.code
}

function origin(host = '127.0.0.1'): string {
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

async function open(body: string, path = '/page'): Promise<void> {
  pages.set(path, HEAD + body)
  await page.goto(origin() + path)
}

/** An isolated world in a frame of the page, as an extension has one, with our script in it. */
async function inject(url?: string): Promise<(expression: string) => Promise<unknown>> {
  const { frameTree } = await cdp.send('Page.getFrameTree')
  const child = frameTree.childFrames?.find(({ frame }) => url === undefined || frame.url.includes(url))
  const frameId = url === undefined ? frameTree.frame.id : (child?.frame.id ?? expect.unreachable('no such frame'))
  const { executionContextId } = await cdp.send('Page.createIsolatedWorld', { frameId, worldName: 'latchkey' })
  const evaluate = async (expression: string): Promise<unknown> => {
    const answer = await cdp.send('Runtime.evaluate', {
      expression,
      contextId: executionContextId,
      returnByValue: true,
    })
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.exception?.description)
    return answer.result.value as unknown
  }
  await evaluate(script)
  return evaluate
}

async function lookAndFill(
  code = '123456',
  from = origin(),
  frame?: string,
): Promise<{ seen: FrameReport; field: Judged | null; report: FillReport }> {
  const evaluate = await inject(frame)
  const seen = boundedReport(await evaluate(`latchkeyAutofill.look('mark')`)) ?? expect.unreachable()
  const field = await judged(seen, evaluate)
  const fill = `latchkeyAutofill.fill('mark', ${JSON.stringify(from)}, ${field?.index ?? -1}, '${code}')`
  return { seen, field, report: (await evaluate(fill)) as FillReport }
}

/** What the background takes for the code field, asking for more where it has to. */
async function judged(seen: FrameReport, evaluate: (expression: string) => Promise<unknown>): Promise<Judged | null> {
  const indexes = worthReading(seen, RULES)
  const closer = boundedRead(await evaluate(`latchkeyAutofill.read('mark', ${JSON.stringify(indexes)})`))
  const [best] = rank(withRead(seen, closer.candidates), seen, RULES)
  return best !== undefined && isCodeField(best, RULES) ? best : null
}

function values(): Promise<string> {
  return page.evaluate(() => [...document.querySelectorAll('input')].map((input) => input.value).join(''))
}

const FILLER = '<p style="height:3000px">text</p>'

/** Ways to hide a field, or to show another thing in its place (FIL-5). */
const HIDING: Readonly<Record<string, string>> = {
  'opacity 0': `<div style="opacity:0">${FIELD}</div>`,
  'opacity 0 on the field': FIELD.replace('<input', '<input style="opacity:0"'),
  'opacity 0.5 twice': `<div style="opacity:.7"><div style="opacity:.7">${FIELD}</div></div>`,
  'opacity 0.95 on many levels': `${'<div style="opacity:.95">'.repeat(4)}${FIELD}`,
  'filter opacity': `<div style="filter:opacity(0)">${FIELD}</div>`,
  'filter blur': `<div style="filter:blur(20px)">${FIELD}</div>`,
  'filter brightness': `<div style="filter:brightness(0)">${FIELD}</div>`,
  'filter contrast': `<div style="filter:contrast(0)">${FIELD}</div>`,
  'half inversion': `<div style="filter:invert(.5)">${FIELD}</div>`,
  mask: `<div style="mask-image:linear-gradient(transparent,transparent)">${FIELD}</div>`,
  'clip-path on the field': FIELD.replace('<input', '<input style="clip-path:inset(0 100% 0 0)"'),
  'clip-path circle around': `<div style="clip-path:circle(3px at 0 0)">${FIELD}</div>`,
  'old clip': `<div style="position:absolute;clip:rect(0 0 0 0)">${FIELD}</div>`,
  'overflow of a parent of no height': `<div style="height:0;overflow:hidden">${FIELD}</div>`,
  'one pixel': FIELD.replace('<input', '<input style="width:1px;height:1px;padding:0;border:0"'),
  'a flat line': FIELD.replace('<input', '<input style="height:4px;padding:0;border:0"'),
  'scale 0': `<div style="transform:scale(0)">${FIELD}</div>`,
  'scale 0.05': `<div style="transform:scale(.05)">${FIELD}</div>`,
  'turned edge-on': `<div style="transform:rotateY(90deg)">${FIELD}</div>`,
  'moved out by transform': `<div style="transform:translateX(-5000px)">${FIELD}</div>`,
  'left of the page': `<div style="position:absolute;left:-9999px">${FIELD}</div>`,
  'above the page': `<div style="position:fixed;top:-500px">${FIELD}</div>`,
  'an opaque overlay': `${FIELD}<div style="position:fixed;inset:0;background:#fff">Win a prize</div>`,
  'an overlay that lets clicks through': `${FIELD}<div style="position:fixed;inset:0;background:#fff;pointer-events:none">Win a prize</div>`,
  'a picture that lets clicks through': `${FIELD}<img alt="" style="position:fixed;inset:0;width:100%;height:100%;pointer-events:none" src="data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=">`,
  'an overlay in a shadow root': `${FIELD}<x-veil style="position:fixed;inset:0;pointer-events:none"></x-veil><script>document.querySelector('x-veil').attachShadow({mode:'open'}).innerHTML='<div style="position:fixed;inset:0;background:red;pointer-events:none"></div>'</script>`,
  'an overlay over most of it': `<div style="position:relative">${FIELD}<div style="position:absolute;left:150px;top:0;width:400px;height:100px;background:#fff"></div></div>`,
  'a pseudo-element over it': `<style>.c{position:relative}.c::after{content:"";position:absolute;inset:0;background:#fff}</style><div class="c">${FIELD}</div>`,
  'a modal dialog': `${FIELD}<dialog>Hello</dialog><script>document.querySelector('dialog').showModal()</script>`,
  'a popover': `${FIELD}<div popover style="inset:0;width:100%;height:100%;border:0">Hello</div><script>document.querySelector('[popover]').showPopover()</script>`,
  'no pointer events': `<div style="pointer-events:none">${FIELD}</div>`,
  'content-visibility': `<div style="content-visibility:hidden;height:40px">${FIELD}</div>`,
  'a blend that vanishes': `<body style="background:#fff"><div style="mix-blend-mode:lighten">${FIELD}</div>`,
  'visibility collapse': `<div style="visibility:collapse">${FIELD}</div>`,
  'display none': `<div style="display:none">${FIELD}</div>`,
  'a closed details element': `<details><summary>x</summary>${FIELD}</details>`,
  'a z-index below the body': `<style>html{background:#eee}body{background:#fff;position:relative;z-index:0;min-height:600px}main{position:absolute;inset:0;background:#fff;z-index:1}</style>${FIELD}<main></main>`,
  'a hidden host of a shadow root': `<x-host style="opacity:0"></x-host><script>document.querySelector('x-host').attachShadow({mode:'open'}).innerHTML=${JSON.stringify(FIELD)}</script>`,
  'a locked field': FIELD.replace('<input', '<input disabled'),
  'a read-only field': FIELD.replace('<input', '<input readonly'),
}

/** Looks that real pages have. */
const HONEST: Readonly<Record<string, string>> = {
  'a plain field': FIELD,
  'a field below the fold': FILLER + FIELD,
  'a field in a box that scrolls': `<div style="height:200px;overflow:auto">${FILLER}${FIELD}</div>`,
  'transparent text': FIELD.replace('<input', '<input style="color:transparent;caret-color:transparent"'),
  'round corners': FIELD.replace('<input', '<input style="border-radius:999px;height:48px;width:300px"'),
  'a floating label that lets clicks through': `<h1>Authenticator code</h1><div style="position:relative"><input id="otp" name="otp" style="height:50px;width:300px"><label for="otp" style="position:absolute;left:12px;top:14px;pointer-events:none">Code</label></div>`,
  'a label that lies over it': `<h1>Authenticator code</h1><div style="position:relative"><input id="otp" name="otp" style="height:50px;width:300px"><label for="otp" style="position:absolute;inset:0">Code</label></div>`,
  'a dark mode made by inversion': `<style>html{filter:invert(1) hue-rotate(180deg)}</style>${FIELD}`,
  'a card with a shadow': `<div style="filter:drop-shadow(0 2px 4px rgba(0,0,0,.3))">${FIELD}</div>`,
  'an opacity of 0.98': `<div style="opacity:.98">${FIELD}</div>`,
  'a zoomed page': `<div style="transform:scale(1.3);transform-origin:0 0">${FIELD}</div>`,
  'a field inside a modal dialog': `<dialog>${FIELD}</dialog><script>document.querySelector('dialog').showModal()</script>`,
  'a decoration that lets clicks through': `${FIELD}<canvas style="position:fixed;right:0;bottom:0;width:200px;height:200px;pointer-events:none"></canvas>`,
  'an open shadow root': `<x-host></x-host><script>document.querySelector('x-host').attachShadow({mode:'open'}).innerHTML=${JSON.stringify(FIELD)}</script>`,
}

describe('a fill on a real page', () => {
  it.each(Object.entries(HONEST))('works with %s', async (_what, html) => {
    await open(html)
    expect((await lookAndFill()).report).toEqual({ kind: 'filled' })
    const text = await page.evaluate(() => {
      const root = document.querySelector('x-host')?.shadowRoot ?? document
      return root.querySelector('input')?.value
    })
    expect(text).toBe('123456')
  })

  it.each(Object.entries(HIDING))('is refused where the field is hidden by %s (FIL-5)', async (_what, html) => {
    await open(html)
    const { field, report } = await lookAndFill()
    expect(report).toEqual({ kind: 'refused', reason: field === null ? 'fill/no-field' : 'fill/field-hidden' })
    expect(await values()).toBe('')
  })
})

describe("a fill on the vendor's widget", () => {
  function widget(step: 'verify' | 'sms', language: 'en' | 'zh'): string {
    const { document } = new Window()
    buildWidget(document as unknown as Document, step, language)
    return document.body.innerHTML
  }

  it.each(['en', 'zh'] as const)('types into the transparent field over its boxes (%s)', async (language) => {
    await open(widget('verify', language))
    const { field, report } = await lookAndFill()
    expect(field?.facts.boxes).toBe(1)
    expect(report).toEqual({ kind: 'filled' })
    expect(await values()).toBe('123456')
  })

  it.each(['en', 'zh'] as const)(
    'does so while the field is wider than it shows, and again after a wrong code (%s)',
    async (language) => {
      await open(widget('verify', language))
      await page.focus('[data-input-otp]')
      await lookAndFill('111111')
      expect((await lookAndFill('222222')).report).toEqual({ kind: 'filled' })
      expect(await values()).toBe('222222')
    },
  )

  it.each(['en', 'zh'] as const)('leaves the SMS step alone (%s)', async (language) => {
    await open(widget('sms', language))
    expect((await lookAndFill()).report).toEqual({ kind: 'refused', reason: 'fill/no-field' })
  })
})

describe('the script in a document', () => {
  it('keeps its mark when it is injected twice', async () => {
    await open(FIELD)
    const evaluate = await inject()
    await evaluate(`latchkeyAutofill.look('mark')`)
    await evaluate(script)
    expect(await evaluate(`latchkeyAutofill.fill('mark', '${origin()}', 0, '123456')`)).toEqual({ kind: 'filled' })
  })

  it('is itself, not an element of the page that bears its name', async () => {
    await open(`<img id="latchkeyAutofill" alt=""><form name="latchkeyAutofill"></form>${FIELD}`)
    expect((await lookAndFill()).report).toEqual({ kind: 'filled' })
  })

  it('takes each mark once, and no other (FIL-3)', async () => {
    await open(FIELD)
    const evaluate = await inject()
    const fill = (mark: string): string => `latchkeyAutofill.fill('${mark}', '${origin()}', 0, '123456')`
    const refused = { kind: 'refused', reason: 'fill/page-changed' }
    expect(await evaluate(fill('mark'))).toEqual(refused)
    await evaluate(`latchkeyAutofill.look('mark')`)
    expect(await evaluate(fill('other'))).toEqual(refused)
    expect(await evaluate(fill('mark'))).toEqual(refused)
    await evaluate(`latchkeyAutofill.look('again')`)
    expect(await evaluate(fill('again'))).toEqual({ kind: 'filled' })
    expect(await evaluate(fill('again'))).toEqual(refused)
  })

  it('knows no mark of the document before (FIL-3)', async () => {
    await open(FIELD)
    await (
      await inject()
    )(`latchkeyAutofill.look('mark')`)
    await open(FIELD, '/other')
    expect(await (await inject())(`latchkeyAutofill.fill('mark', '${origin()}', 0, '123456')`)).toEqual({
      kind: 'refused',
      reason: 'fill/page-changed',
    })
    expect(await values()).toBe('')
  })

  it('refuses another origin than the one agreed to (FIL-2, FIL-3)', async () => {
    await open(FIELD)
    for (const other of [origin('localhost'), 'https://127.0.0.1', 'null', '']) {
      expect((await lookAndFill('123456', other)).report).toEqual({ kind: 'refused', reason: 'fill/site-differs' })
    }
    expect(await values()).toBe('')
  })

  it('refuses a field that was swapped after the look (FIL-6)', async () => {
    await open(FIELD)
    const evaluate = await inject()
    await evaluate(`latchkeyAutofill.look('mark')`)
    await page.evaluate(() => document.querySelector('input')?.replaceWith(document.createElement('input')))
    expect(await evaluate(`latchkeyAutofill.fill('mark', '${origin()}', 0, '123456')`)).toMatchObject({
      kind: 'refused',
    })
    expect(await values()).toBe('')
  })

  it('leaves no trace before the fill, and value events alone by it (FIL-9)', async () => {
    await open(FIELD)
    await page.evaluate(() => {
      const seen: string[] = []
      Object.assign(globalThis, { seen })
      new MutationObserver((records) => seen.push(...records.map(({ type }) => type))).observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      })
      for (const type of [
        'input',
        'change',
        'focus',
        'blur',
        'click',
        'keydown',
        'keyup',
        'paste',
        'message',
        'scroll',
      ]) {
        globalThis.addEventListener(type, () => seen.push(type), true)
      }
    })
    const evaluate = await inject()
    const seen = (): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
    await evaluate(`latchkeyAutofill.look('mark')`)
    expect(await seen()).toEqual([])
    await evaluate(`latchkeyAutofill.fill('mark', '${origin()}', 0, '123456')`)
    expect(await seen()).toEqual(['input', 'change'])
    expect(await page.evaluate(() => 'latchkeyAutofill' in globalThis)).toBe(false)
  })

  it.each<[string, string]>([
    ['called something else', `document.querySelector('input').name = 'recovery_code'`],
    ['made another kind of field', `document.querySelector('input').type = 'password'`],
    ['locked', `document.querySelector('input').readOnly = true`],
  ])('refuses a field that was %s after the look (FIL-6)', async (_what, change) => {
    await open(FIELD)
    const evaluate = await inject()
    await evaluate(`latchkeyAutofill.look('mark')`)
    await page.evaluate(change)
    expect(await evaluate(`latchkeyAutofill.fill('mark', '${origin()}', 0, '123456')`)).toEqual({
      kind: 'refused',
      reason: 'fill/field-changed',
    })
    expect(await values()).toBe('')
  })

  it('reads a field again for a fill that waited, and says that it is gone', async () => {
    await open(FIELD)
    const evaluate = await inject()
    await evaluate(`latchkeyAutofill.look('mark')`)
    await page.evaluate(`document.querySelector('input').name = 'recovery_code'`)
    const now = boundedRead(await evaluate(`latchkeyAutofill.read('mark', [0])`))
    expect(now.candidates.get(0)?.fields[0].attributes['name']).toBe('recovery_code')
    await page.evaluate(`document.querySelector('input').remove()`)
    expect(boundedRead(await evaluate(`latchkeyAutofill.read('mark', [0, 7])`)).candidates.size).toBe(0)
  })

  it('finds the field among so many that they are read in two turns', async () => {
    await open(
      `<form>${'<p><label>Amount <input></label></p>'.repeat(12)}</form><h2>Two-factor authentication</h2>${FIELD}`,
    )
    const { seen, report } = await lookAndFill()
    expect(seen.candidates.every(({ around }) => around === null)).toBe(true)
    expect(report).toEqual({ kind: 'filled' })
    expect(await page.$eval('#otp', (input) => (input as HTMLInputElement).value)).toBe('123456')
  })

  it('says whether the user is in the field', async () => {
    await open(FIELD)
    expect((await lookAndFill()).field?.candidate.focused).toBe(false)
    await page.focus('#otp')
    expect((await lookAndFill('222222')).field?.candidate.focused).toBe(true)
  })

  it('writes nothing into a box that the page gives to another form meanwhile (FIL-6)', async () => {
    await open(`<h1>Authenticator code</h1><form>${'<input maxlength="1" style="width:40px">'.repeat(6)}</form><form id="elsewhere"></form>
      <script>const boxes = document.querySelectorAll('input'); boxes[1].addEventListener('input', () => boxes[2].setAttribute('form', 'elsewhere'))</script>`)
    expect((await lookAndFill()).report).toEqual({ kind: 'refused', reason: 'fill/field-changed' })
    expect(await page.evaluate(() => document.querySelectorAll('input')[2]?.value)).toBe('')
  })

  it('pastes into boxes that listen to nothing else', async () => {
    await open(`<h1>Authenticator code</h1>${'<input maxlength="1" style="width:40px">'.repeat(6)}<script>
      const boxes = [...document.querySelectorAll('input')]
      for (const box of boxes) box.addEventListener('input', () => (box.value = ''))
      boxes[0].addEventListener('paste', (event) => {
        const text = event.clipboardData.getData('text/plain')
        boxes.forEach((box, index) => (box.value = text[index]))
      })</script>`)
    expect((await lookAndFill()).report).toEqual({ kind: 'filled' })
    expect(await values()).toBe('123456')
  })

  it('reads the recovery codes that the page shows, and no others', async () => {
    await open(`<p>Keep this: <b>3f2a-91bc-07de-55aa-c0ff-ee12<i role="button">copy</i></b></p><p hidden>aaaa-bbbb-cccc-dddd-eeee-ffff</p>
      <input readonly value="0123-4567-89ab-cdef-0123-4567"><p>3f2a-91bc-07de-55aa-c0ff-ee12 1234-5678-1234-5678-1234-5678-9999</p><script>"1111-2222-3333-4444-5555-6666"</script>
      <x-host></x-host><script>document.querySelector('x-host').attachShadow({mode:'open'}).textContent='dead-beef-dead-beef-dead-beef'</script>`)
    const evaluate = await inject()
    await evaluate(recoveryScript)
    expect(await evaluate('latchkeyRecoveryCodes()')).toEqual([
      '3f2a-91bc-07de-55aa-c0ff-ee12',
      '0123-4567-89ab-cdef-0123-4567',
      'dead-beef-dead-beef-dead-beef',
    ])
  })
})

describe('frames (FIL-4)', () => {
  const frame = (attributes: string): string =>
    `<h1>Sign in</h1><iframe width="600" height="300" ${attributes}></iframe>`

  async function openFramed(attributes: string): Promise<void> {
    pages.set('/inner', HEAD + FIELD)
    await open(frame(attributes))
  }

  it('fills in a frame of the same origin', async () => {
    await openFramed('src="/inner"')
    const { seen, report } = await lookAndFill('123456', origin(), '/inner')
    expect(seen.sameOriginChain).toBe(true)
    expect(report).toEqual({ kind: 'filled' })
  })

  it('refuses in a frame of the same origin that is itself hidden (FIL-5)', async () => {
    for (const style of ['opacity:0', 'filter:opacity(0)', 'pointer-events:none', 'clip-path:circle(2px at 0 0)']) {
      await openFramed(`src="/inner" style="${style}"`)
      const { report } = await lookAndFill('123456', origin(), '/inner')
      expect(report, style).toEqual({ kind: 'refused', reason: 'fill/field-hidden' })
    }
  })

  it('refuses in a sandboxed frame, whose origin is nobody', async () => {
    await openFramed('src="/inner" sandbox="allow-scripts"')
    const { seen, report } = await lookAndFill('123456', origin(), '/inner')
    expect(seen.origin).toBe('null')
    expect(report).toEqual({ kind: 'refused', reason: 'fill/site-differs' })
  })

  it.each([
    ['srcdoc', `srcdoc='${FIELD}'`, 'srcdoc'],
    ['about:blank', 'src="about:blank"', 'about:blank'],
  ])('refuses in a frame without an address of its own: %s', async (_what, attributes, url) => {
    await openFramed(attributes)
    const { seen, report } = await lookAndFill('123456', origin(), url)
    expect(seen.origin).toBe('null')
    expect(report.kind).toBe('refused')
  })

  it('refuses below a frame of another origin', async () => {
    pages.set('/inner', HEAD + FIELD)
    pages.set('/middle', frame('src="/inner"'))
    pages.set('/outer', `<iframe width="900" height="600" src="${origin()}/middle"></iframe>`)
    await page.goto(`${origin('localhost')}/outer`)
    for (const path of ['/middle', '/inner']) {
      const target = page.frames().find((one) => one.url().endsWith(path)) ?? expect.unreachable()
      // The page's own world serves as well here: nothing in these pages is hostile.
      await target.evaluate(script)
      const run = (): FrameReport | undefined => globalThis.latchkeyAutofill?.look('mark')
      const fill = (from: string): FillReport | undefined =>
        globalThis.latchkeyAutofill?.fill('mark', from, 0, '123456')
      expect(await target.evaluate(run)).toMatchObject({ origin: origin(), sameOriginChain: false })
      expect(await target.evaluate(fill, origin())).toEqual({ kind: 'refused', reason: 'fill/frame-not-allowed' })
    }
  })
})

describe('the size of the script', () => {
  it('stays below its bound (EXT-7)', () => {
    expect(Buffer.byteLength(script)).toBeLessThanOrEqual(15 * 1024)
  })
})
