import { describe, expect, it } from 'vitest'
import { manifestFor } from '../vite.config'

const chrome = manifestFor('chrome')
const firefox = manifestFor('firefox')
const required = ['storage', 'unlimitedStorage', 'activeTab', 'scripting', 'alarms', 'clipboardWrite', 'contextMenus']

describe('the manifest', () => {
  it('asks for exactly the permissions of the table (EXT-2)', () => {
    expect(chrome['permissions']).toEqual([...required, 'offscreen', 'idle'])
    expect(firefox['permissions']).toEqual(required)
  })

  it.each([
    ['Chrome', chrome],
    ['Firefox', firefox],
  ])(
    'asks for no site, puts nothing into pages and opens nothing to them, in %s (EXT-2, EXT-3, EXT-5)',
    (_name, manifest) => {
      expect(manifest['host_permissions']).toBeUndefined()
      expect(manifest['content_scripts']).toBeUndefined()
      expect(manifest['web_accessible_resources']).toBeUndefined()
      expect(manifest['externally_connectable']).toEqual({ ids: [] })
      expect(manifest['optional_host_permissions']).toEqual(['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'])
    },
  )

  it('has the content security policy with Trusted Types (EXT-1)', () => {
    expect(chrome['content_security_policy']).toEqual({
      extension_pages:
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
        "media-src 'self' blob:; connect-src 'self' https: http://127.0.0.1:* http://localhost:*; worker-src 'self'; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types latchkey",
    })
    expect(firefox['content_security_policy']).toEqual(chrome['content_security_policy'])
  })

  it('keeps out of private windows (EXT-8)', () => {
    expect(chrome['incognito']).toBe('not_allowed')
    expect(firefox['incognito']).toBe('not_allowed')
  })

  it('has a key in Chrome, so that the unpacked extension keeps its id and its data', () => {
    expect(chrome['key']).toMatch(/^MII[A-Za-z0-9+/]+=*$/)
    expect(firefox['key']).toBeUndefined()
  })

  it('says in Firefox what is sent to the MFA server (EXT-6)', () => {
    expect(firefox['browser_specific_settings']).toMatchObject({
      gecko: {
        id: expect.stringContaining('@') as string,
        strict_min_version: '140.0',
        data_collection_permissions: { required: ['authenticationInfo', 'personallyIdentifyingInfo'] },
      },
    })
    expect(chrome['browser_specific_settings']).toBeUndefined()
  })

  it('runs the background as a service worker in Chrome and as an event page in Firefox', () => {
    expect(chrome['background']).toEqual({ service_worker: 'src/background/main.ts', type: 'module' })
    expect(firefox['background']).toEqual({ scripts: ['src/background/main.ts'], type: 'module' })
  })
})

describe('the sidebar', () => {
  it('shows the popup’s screens in Firefox, and does not come up by itself', () => {
    expect(firefox['sidebar_action']).toMatchObject({
      default_panel: 'src/ui/popup/index.html',
      open_at_install: false,
    })
  })

  it('is not in Chrome, where it would take a permission more (EXT-2)', () => {
    expect(chrome['sidebar_action']).toBeUndefined()
    expect(chrome['side_panel']).toBeUndefined()
  })
})
