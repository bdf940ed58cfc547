import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { Gate } from '../gate/gate'
import { Skeleton } from '../components/skeleton'
import { useTitle } from '../components/title'
import { ToastLine } from '../components/toast'
import { shownLanguage, status } from '../state'
import { cameBy, sheetToPrint } from '../ways-state'
import { About } from './about'
import { Accounts } from './accounts'
import { Appearance } from './appearance'
import { Chapters } from './chapters'
import { Aside } from './health/aside'
import { Factors } from './servers/factors'
import { FindOption } from './find-option'
import { Health } from './health/health'
import { Security } from './security/security'
import { Servers } from './servers/servers'
import { Sites } from './sites'
import { SheetPage } from './security/sheet-page'
import { Transfer } from './transfer/transfer'

/** The options page. While the vault is closed it asks for the passphrase, and shows what needs no vault. */
export function App({ onRetry }: { onRetry: () => void }): VNode {
  useTitle('page_title_options')
  if (shownLanguage.value === null || status.value === 'loading') return <Skeleton />
  const open = status.value === 'unlocked' && cameBy.value === null
  if (sheetToPrint.value) return <SheetPage sheet={sheetToPrint.value} />
  return (
    <div class="options">
      <header class="chapters-side">
        <h1 class="brand">{text('page_title_options')}</h1>
        <FindOption />
        <Chapters />
      </header>
      <div class="chapters">
        {open ? (
          <main class="sections">
            <Security />
            <Accounts />
            <Sites />
            <Transfer />
            <Health />
            <Servers />
            <Factors />
            <Appearance />
            <About />
          </main>
        ) : (
          <>
            <div class="panel gate">
              <Gate onRetry={onRetry}>{() => null}</Gate>
            </div>
            <div class="sections">
              {status.value === 'locked' ? <Health /> : <Aside />}
              <Appearance />
              <About />
            </div>
          </>
        )}
      </div>
      <ToastLine />
    </div>
  )
}
