import type { VNode } from 'preact'
import { text, type TextKey } from '../../../i18n/text'
import { Dialog } from '../../components/dialog'
import { shortcutsShown } from '../../list-state'

type Line = readonly [keys: readonly string[], what: TextKey]

const onMac = /Mac/.test(navigator.platform)
const COPY = onMac ? '⌘' : 'Ctrl'

const LINES: readonly Line[] = [
  [['Enter'], 'shortcut_enter'],
  [['1', '…', '9'], 'shortcut_digits'],
  [[COPY, 'C'], 'shortcut_copy'],
  [['/'], 'shortcut_search'],
  [['↑', '↓'], 'shortcut_arrows'],
  [['Alt', '↑', '↓'], 'shortcut_move'],
  [['Alt', 'E'], 'edit_title'],
  [['Alt', 'N'], 'shortcut_next'],
  [['Alt', 'P'], 'shortcut_pin'],
  [['Alt', 'S'], 'shortcut_select'],
  [['Esc'], 'shortcut_escape'],
  [['?'], 'shortcut_help'],
]

/** The keys of the list, in one sheet. */
export function ShortcutsDialog(): VNode | null {
  if (!shortcutsShown.value) return null
  const close = () => (shortcutsShown.value = false)
  return (
    <Dialog title={text('shortcuts')} onClose={close}>
      <dl class="keys">
        {LINES.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text(what as 'shortcut_copy')}</dd>
          </div>
        ))}
      </dl>
      <div class="actions">
        <button type="button" onClick={close}>
          {text('close')}
        </button>
      </div>
    </Dialog>
  )
}
