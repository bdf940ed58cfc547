import { useComputed, useSignal } from '@preact/signals'
import { SkipForward } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import type { CodeView, EntryView } from '../../rpc/account-calls'
import { nextCode } from '../actions/accounts'
import { copyCode } from '../actions/clipboard'
import { preferences } from '../actions/preferences'
import { nextShown } from '../list-state'
import { codes, now } from '../state'
import { IconButton } from './button'
import { Code, HiddenCode } from './code'
import { ENDING_MS } from './countdown'

/** The code of an account, as the button that copies it; for HOTP also the button that makes the next one. */
export function CodeButton({ entry }: { entry: EntryView }): VNode {
  // Other accounts' codes and the seconds that pass do not have it drawn anew.
  const view = useComputed(() => codes.value.get(entry.id)).value
  const isDouble = useComputed(() => isNextShown(codes.value.get(entry.id))).value
  return (
    <>
      {view?.code ? (
        <span class={isDouble ? 'code-stack double' : 'code-stack'}>
          <CurrentCode id={entry.id} code={view.code} />
          {isDouble && <NextCode id={entry.id} code={view.nextCode ?? ''} />}
        </span>
      ) : (
        <span class="faint no-code">{entry.type === 'hotp' ? text('code_not_yet') : '······'}</span>
      )}
      {entry.type === 'hotp' && (
        <IconButton
          class="icon-button turning"
          node={SkipForward}
          name={text('next_code')}
          onClick={() => void nextCode(entry.id)}
        />
      )}
    </>
  )
}

/** Where codes are hidden, pointer, touch or focus on the account show this one. */
function CurrentCode({ id, code }: { id: string; code: string }): VNode {
  const looked = useSignal(false)
  const look = () => (looked.value = true)
  const lookAway = () => (looked.value = false)
  const hidden = preferences.hideCodes.shown.value === true && !looked.value
  return (
    <button
      type="button"
      class="code-button"
      data-copy
      onClick={() => void copyCode(id)}
      onPointerEnter={look}
      onPointerLeave={lookAway}
      onFocus={look}
      onBlur={lookAway}
    >
      <span class="sr-only">{text('copy_code')} </span>
      {hidden ? <HiddenCode code={code} /> : <Code code={code} />}
    </button>
  )
}

function NextCode({ id, code }: { id: string; code: string }): VNode {
  return (
    <button type="button" class="next-code" onClick={() => void copyCode(id, 'nextCode')}>
      <span class="sr-only">{text('copy_next_code')} </span>
      <Code code={code} />
    </button>
  )
}

/** By the user's choice: in the last seconds, always, or when asked for. A code that is hidden has no next one beside it. */
function isNextShown(view: CodeView | undefined): boolean {
  if (!view) return false
  const { nextCode: next, validUntil } = view
  if (next === null || validUntil === null || preferences.hideCodes.shown.value === true) return false
  if (nextShown.value) return true
  const choice = preferences.nextCodes.shown.value
  return choice === 'always' || (choice !== 'asked' && validUntil - now.value <= ENDING_MS)
}
