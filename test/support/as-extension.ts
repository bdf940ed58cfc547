import { createFakeBrowser } from './fake-browser'

/** For programs that run src outside Vitest: import it before anything that asks for the extension APIs. */
const browser = createFakeBrowser()
Object.assign(globalThis, { browser, chrome: browser })
