import '../../rpc/asked-early'

// Asked before the page's own script is read and run; a script of its own, since modules wait for the whole page. Nothing is
// imported for this one call: the promise form is in both browsers, and what comes of it is the client's affair.
const { runtime } = (globalThis as unknown as Record<'browser' | 'chrome', typeof chrome | undefined>).browser ?? chrome
const call = 'glance'
globalThis.askedEarly = { call, answer: runtime.sendMessage({ call, args: [] }) }
// Whoever takes the answer hears of a failure.
globalThis.askedEarly.answer.catch(() => undefined)
// Until then nobody else would hear of a lock (KEY-8).
runtime.onMessage.addListener((message: { event?: unknown } | null) => {
  if (message?.event === 'locked') globalThis.askedEarly = undefined
})
