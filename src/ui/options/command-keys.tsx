import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text, type TextKey } from '../../i18n/text'
import { type Command, commandKeys, openShortcutPage } from '../actions/granted'

const NAMES: Readonly<Record<string, TextKey>> = {
  _execute_action: 'command_open',
  'fill-code': 'command_fill_code',
}

/** The keys that work everywhere in the browser, and the way to the browser's own page for them. */
export function CommandKeys(): VNode {
  const commands = useSignal<readonly Command[]>([])
  useEffect(() => {
    void commandKeys().then((found) => (commands.value = found))
  }, [])
  return (
    <div class="panel">
      <h3>{text('shortcuts')}</h3>
      <dl class="reasons">
        {commands.value.flatMap(({ name, keys }) => {
          const what = NAMES[name]
          return what ? [<Keys key={name} keys={keys} what={text(what as 'command_open')} />] : []
        })}
      </dl>
      <p class="soft">{text('shortcuts_in_list')}</p>
      <div class="actions start">
        <button type="button" onClick={() => void openShortcutPage()}>
          {text('shortcuts_change')}
        </button>
      </div>
    </div>
  )
}

function Keys({ keys, what }: { keys: string; what: string }): VNode {
  return (
    <div>
      <dt>{keys || text('shortcut_none')}</dt>
      <dd class="soft">{what}</dd>
    </div>
  )
}
