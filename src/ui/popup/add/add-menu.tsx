import { Camera, ClipboardPaste, Image, Keyboard, Plus, ScanLine, type IconNode } from 'lucide'
import type { VNode } from 'preact'
import { text, type TextKey } from '../../../i18n/text'
import { show } from '../../actions/navigation'
import { stopScanning } from '../../actions/scan-attempt'
import { Icon } from '../../components/icon'
import { MenuButton } from '../../components/menu'
import { pagePart } from '../../scan-state'
import { running } from '../../state'

/** Loaded when somebody adds something. */
const scanning = () => import('../../actions/scanning')

const ways: readonly { key: TextKey; icon: IconNode; start: () => void }[] = [
  { key: 'scan_this_tab', icon: ScanLine, start: () => void scanning().then(({ scanTab }) => scanTab()) },
  { key: 'choose_image', icon: Image, start: () => void scanning().then(({ openImages }) => openImages()) },
  { key: 'use_camera', icon: Camera, start: () => void scanning().then(({ openCamera }) => openCamera()) },
  { key: 'paste', icon: ClipboardPaste, start: () => show({ name: 'paste' }) },
  { key: 'enter_by_hand', icon: Keyboard, start: () => show({ name: 'by-hand' }) },
]

/** The button that opens the ways to add an account. While a picture is read it says so, and stops it. */
export function AddMenu({ prominent = false }: { prominent?: boolean }): VNode {
  if (running.value.has('scan')) return <Scanning />
  return (
    <MenuButton
      label={text('add_menu')}
      items={ways.map(({ key, icon, start }) => ({ name: text(key as 'paste'), icon, start }))}
      class={prominent ? 'primary' : ''}
      placed={prominent ? 'below' : ''}
    >
      <Icon node={Plus} size={16} /> {text('add_account')}
    </MenuButton>
  )
}

function Scanning(): VNode {
  const at = pagePart.value
  return (
    <div class="scanning">
      <span role="status">{at ? text('scanning_part', { part: at.part, of: at.of }) : text('scanning')}</span>
      <button type="button" onClick={stopScanning}>
        {text('stop')}
      </button>
    </div>
  )
}
