/**
 * Chrome's service worker has no clipboard. This hidden page empties it as soon as it is loaded, and is closed again.
 * Without focus `navigator.clipboard` refuses; the copy command with a listener of its own does not.
 */
document.addEventListener('copy', (event) => {
  event.preventDefault()
  event.clipboardData?.setData('text/plain', '')
})
document.execCommand('copy')
