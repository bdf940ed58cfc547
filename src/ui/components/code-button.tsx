import { SkipForward } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'
import { nextCode } from '../actions/accounts'
import { copyCode } from '../actions/clipboard'
import { codes } from '../state'
import { IconButton } from './button'
import { Code } from './code'

/** The code of an account, as the button that copies it; for HOTP also the button that makes the next one. */
export function CodeButton({ entry }: { entry: EntryView }): VNode {
  const view = codes.value.get(entry.id)
  return (
    <>
      {view?.code ? (
        <button type="button" class="code-button" data-copy onClick={() => void copyCode(entry.id)}>
          <span class="sr-only">{text('copy_code')} </span>
          <Code code={view.code} />
        </button>
      ) : (
        <span class="faint no-code">{entry.type === 'hotp' ? text('code_not_yet') : '······'}</span>
      )}
      {entry.type === 'hotp' && (
        <IconButton node={SkipForward} name={text('next_code')} onClick={() => void nextCode(entry.id)} />
      )}
    </>
  )
}
