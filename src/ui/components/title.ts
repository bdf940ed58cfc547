import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import { shownLanguage } from '../state'

/** Gives the page its title in the language in force. It never names an account (MEM-2). */
export function useTitle(key: 'page_title_options' | 'page_title_admin'): void {
  const language = shownLanguage.value
  useEffect(() => {
    if (language !== null) document.title = text(key)
  }, [language])
}
