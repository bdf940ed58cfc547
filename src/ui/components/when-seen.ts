import { useEffect } from 'preact/hooks'

/** Begins, once, when the page is in sight: no camera and no picture of a page for a tab that nobody sees. Ends with the screen. */
export function useWhenSeen(begin: () => void, end: () => void): void {
  useEffect(() => {
    const look = () => {
      if (document.hidden) return
      ignore()
      begin()
    }
    const ignore = () => document.removeEventListener('visibilitychange', look)
    document.addEventListener('visibilitychange', look)
    look()
    return () => {
      ignore()
      end()
    }
  }, [])
}
