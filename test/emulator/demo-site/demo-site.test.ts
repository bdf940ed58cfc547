import { Window } from 'happy-dom'
import { describe, expect, it } from 'vitest'

import { createEmulator } from '../handler'

const emulator = createEmulator()
const get = (path: string) => emulator.fetch(`http://127.0.0.1:8787${path}`)

async function documentAt(path: string) {
  const { document } = new Window({ settings: { disableJavaScriptFileLoading: true, disableCSSFileLoading: true } })
  document.write(await (await get(path)).text())
  return document
}

describe('the index', () => {
  it.each(['en-US', 'zh-CN'])('links to pages that exist, in %s', async (lang) => {
    const document = await documentAt(`/?lang=${lang}`)
    const links = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '')
    expect(links.filter((link) => link.startsWith('/guard?'))).toHaveLength(3)
    expect(links.filter((link) => link.startsWith('/boxes?'))).toHaveLength(3)
    for (const link of links) expect((await get(link)).status).toBe(200)
    expect(document.documentElement.lang).toBe(lang)
  })
})

describe('the page with six boxes', () => {
  it.each(['bind', 'verify'])('has six one-character inputs with names in step %s', async (step) => {
    const document = await documentAt('/boxes?app=demo-app')
    const boxes = [...document.querySelectorAll(`[data-step=${step}] .boxes input`)]
    expect(boxes.map((box) => box.getAttribute('aria-label'))).toEqual([1, 2, 3, 4, 5, 6].map((n) => `Digit ${n} of 6`))
    expect(boxes.every((box) => box.getAttribute('maxlength') === '1')).toBe(true)
    expect(boxes[0]?.getAttribute('autocomplete')).toBe('one-time-code')
  })

  it('labels its sign-in fields', async () => {
    const document = await documentAt('/boxes?app=demo-app')
    const labels = [...document.querySelectorAll('[data-step=sign-in] label')].map((label) => label.textContent?.trim())
    expect(labels).toEqual(['Account', 'Password'])
  })

  it('lets nothing foreign in, by its policy', async () => {
    const policy = (await get('/boxes')).headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
  })
})

describe('the page of the widget', () => {
  it('loads the vendor’s two files, byte for byte', async () => {
    const document = await documentAt('/guard?app=demo-app')
    expect([...document.querySelectorAll('script')].map((script) => script.getAttribute('src'))).toContain(
      '/guard.min.js',
    )
    const script = await get('/guard.min.js')
    expect(script.headers.get('content-type')).toContain('javascript')
    expect((await script.arrayBuffer()).byteLength).toBeGreaterThan(2_000_000)
    expect((await get('/guard.min.css')).status).toBe(200)
  })

  it('hands application, language and protocol on as text, whatever they are', async () => {
    const hostile = encodeURIComponent('"><script>alert(1)</script>')
    const document = await documentAt(`/guard?app=${hostile}&lang=${hostile}&protocol=v2`)
    const root = document.querySelector('#guard')
    expect(root?.getAttribute('data-app')).toBe('"><script>alert(1)</script>')
    expect(root?.getAttribute('data-protocol')).toBe('v2')
    expect(document.querySelectorAll('script')).toHaveLength(2)
  })
})

describe('any other path', () => {
  it.each(['/nothing', '/constructor', '/../package.json', '/guard.min.js.map'])('%s is not there', async (path) => {
    expect((await get(path)).status).toBe(404)
  })
})
