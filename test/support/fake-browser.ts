/** A small in-memory stand-in for the extension APIs, for unit tests alone; the real ones run in the end-to-end tests. */

type Listener = (...args: never[]) => unknown

function event() {
  const listeners = new Set<Listener>()
  return {
    addListener: (listener: Listener) => void listeners.add(listener),
    removeListener: (listener: Listener) => void listeners.delete(listener),
    hasListener: (listener: Listener) => listeners.has(listener),
    emit: (...args: unknown[]) => [...listeners].map((listener) => (listener as (...a: unknown[]) => unknown)(...args)),
  }
}

function area() {
  let items: Record<string, unknown> = {}
  return {
    async get(keys?: string | string[] | Record<string, unknown> | null) {
      if (keys === undefined || keys === null) return structuredClone(items)
      const names = typeof keys === 'string' ? [keys] : Array.isArray(keys) ? keys : Object.keys(keys)
      const defaults = typeof keys === 'object' && !Array.isArray(keys) ? keys : {}
      return structuredClone(
        Object.fromEntries(
          names
            .filter((name) => name in items || name in defaults)
            .map((name) => [name, items[name] ?? defaults[name]]),
        ),
      )
    },
    async set(values: Record<string, unknown>) {
      items = { ...items, ...structuredClone(values) }
    },
    async remove(keys: string | string[]) {
      for (const key of [keys].flat()) delete items[key]
    },
    async clear() {
      items = {}
    },
    onChanged: event(),
  }
}

/** A fresh set of fake APIs. */
export function createFakeBrowser() {
  const granted = new Set<string>()
  const alarms = new Map<string, { name: string; scheduledTime: number }>()
  return {
    runtime: {
      id: 'latchkey-test',
      getURL: (path: string) => `chrome-extension://latchkey-test/${path.replace(/^\//, '')}`,
      onMessage: event(),
      onInstalled: event(),
      onStartup: event(),
      sendMessage: async (_message: unknown): Promise<unknown> => undefined,
      getManifest: () => ({ version: '0.0.0', manifest_version: 3 }),
    },
    storage: { local: area(), session: area(), onChanged: event() },
    alarms: {
      onAlarm: event(),
      create: (name: string, info: { when?: number; delayInMinutes?: number }) =>
        void alarms.set(name, { name, scheduledTime: info.when ?? Date.now() + (info.delayInMinutes ?? 0) * 60_000 }),
      clear: async (name: string) => alarms.delete(name),
      get: async (name: string) => alarms.get(name),
    },
    permissions: {
      onAdded: event(),
      onRemoved: event(),
      getAll: async () => ({ origins: [...granted] }),
      contains: async ({ origins = [] }: { origins?: string[] }) => origins.every((origin) => granted.has(origin)),
      request: async ({ origins = [] }: { origins?: string[] }) => {
        for (const origin of origins) granted.add(origin)
        return true
      },
      remove: async ({ origins = [] }: { origins?: string[] }) => {
        for (const origin of origins) granted.delete(origin)
        return true
      },
    },
    commands: { getAll: async () => [] as { name: string; shortcut: string }[] },
    i18n: { getUILanguage: () => 'en', getMessage: (key: string) => key },
    tabs: { query: async () => [] as unknown[], get: async (_tabId: number): Promise<unknown> => ({}) },
  }
}

const browser = createFakeBrowser()
export default browser
