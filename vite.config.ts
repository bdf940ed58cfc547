import { resolve } from 'node:path'
import { cpSync } from 'node:fs'
import preact from '@preact/preset-vite'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { build, defineConfig, type Plugin } from 'vite'
import manifest from './manifest.json' with { type: 'json' }

type Target = 'chrome' | 'firefox'

/** The one manifest is in Chrome's form; Firefox's differs in the background, the minimum version and two permissions. */
export function manifestFor(target: Target): Record<string, unknown> {
  const { minimum_chrome_version, browser_specific_settings, key, background, ...common } = manifest
  if (target === 'chrome') return { ...common, key, minimum_chrome_version, background }
  return {
    ...common,
    browser_specific_settings,
    background: { scripts: [background.service_worker], type: background.type },
    permissions: common.permissions.filter((name) => name !== 'offscreen' && name !== 'idle'),
  }
}

/**
 * Scripts are injected by file after a gesture, so no web page needs to reach any of our files (EXT-5). The extension
 * plugin opens the injected script to every page; this closes it again in the manifest that is written.
 */
function closeToWebPages(): Plugin {
  return {
    name: 'latchkey:close-to-web-pages',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const written = bundle['manifest.json']
        if (written?.type !== 'asset') return
        const { web_accessible_resources: _opened, ...closed } = JSON.parse(String(written.source)) as Record<
          string,
          unknown
        >
        written.source = JSON.stringify(closed, null, 2)
      },
    },
  }
}

/** The catalogues of `src/i18n/_locales` are also the ones the browser reads for the manifest's own texts. */
function shipLocales(): Plugin {
  let outDir = ''
  return {
    name: 'latchkey:ship-locales',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    closeBundle() {
      cpSync(resolve('src/i18n/_locales'), resolve(outDir, '_locales'), { recursive: true })
    },
  }
}

/** The safe mode shares no file with the page it stands in for: whatever fails to load there, it is there (REL-1). */
function shipSafeMode(): Plugin {
  let outDir = ''
  return {
    name: 'latchkey:ship-safe-mode',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { path }) =>
        /\/(popup|options)\//.test(path)
          ? [{ tag: 'script', attrs: { src: '/safe-mode.js', defer: true }, injectTo: 'head-prepend' }]
          : [],
    },
    async closeBundle() {
      const lib = { entry: 'src/ui/safe-mode/main.ts', formats: ['iife' as const], name: 'safeMode' }
      await build({
        configFile: false,
        logLevel: 'warn',
        build: { lib: { ...lib, fileName: () => 'safe-mode.js' }, outDir, emptyOutDir: false, target: 'es2023' },
      })
    },
  }
}

function extension(target: Target): Plugin[] {
  return [
    ...(crx({ manifest: manifestFor(target) as unknown as ManifestV3Export, browser: target }) as Plugin[]),
    closeToWebPages(),
    shipLocales(),
    shipSafeMode(),
  ]
}

export default defineConfig(({ mode }) => {
  const target: Target = mode === 'firefox' ? 'firefox' : 'chrome'
  return {
    plugins: [preact(), ...(process.env['VITEST'] ? [] : extension(target))],
    // The decoding worker loads its second decoder only where it is needed.
    worker: { format: 'es' },
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: false,
      rollupOptions: {
        input: {
          admin: 'src/ui/admin/index.html',
          ...(target === 'chrome' ? { offscreen: 'src/background/offscreen.html' } : {}),
        },
      },
    },
    test: {
      include: ['test/**/*.test.{ts,tsx}'],
      exclude: ['test/e2e/**'],
      alias: { 'webextension-polyfill': resolve('test/support/fake-browser.ts') },
      setupFiles: ['test/support/seed.ts'],
      testTimeout: 30_000,
    },
  }
})
