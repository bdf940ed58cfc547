const root = document.querySelector('#guard')
const { app, lang, protocol } = root.dataset

const guard = new window.GuardFactory.Guard({
  appId: app,
  host: location.origin,
  lang,
  isSSO: false,
  // The vendor's switch from its own login protocol to the V2 calls of the SDK.
  config: protocol === 'v2' ? { __unAuthFlow__: true } : {},
})

guard.on('login', (user) => {
  guard.unmount()
  root.hidden = true
  document.querySelector('#styles').disabled = false // only now: the widget keeps its own looks
  document.querySelector('#user').textContent = user.username ?? user.user?.username
  document.querySelector('#signed-in').hidden = false
})

document.querySelector('#sign-out').addEventListener('click', () => {
  localStorage.clear()
  location.reload()
})

guard.start('#guard')
