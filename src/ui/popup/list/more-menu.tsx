import { AppWindow, EllipsisVertical, Keyboard, ListChecks, PanelRight, SkipForward, Trash2 } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { startSelecting, toggleNextCodes } from '../../actions/list'
import { openInWindow, show } from '../../actions/navigation'
import { canBeBeside, isPane, openBeside } from '../../actions/surface'
import { Icon } from '../../components/icon'
import { MenuButton, type MenuItem } from '../../components/menu'
import { nextShown, shortcutsShown } from '../../list-state'
import { inUse } from '../../state'

/** What is needed now and then, behind one button. */
export function MoreMenu(): VNode {
  return (
    <MenuButton label={text('more')} items={items()} class="icon-button" placed="below at-end">
      <Icon node={EllipsisVertical} />
      <span class="sr-only">{text('more')}</span>
    </MenuButton>
  )
}

function items(): readonly MenuItem[] {
  const ofAccounts: readonly MenuItem[] = [
    { name: text('select_accounts'), icon: ListChecks, turning: true, start: () => startSelecting() },
    {
      name: text(nextShown.value ? 'next_codes_hide' : 'next_codes_show'),
      icon: SkipForward,
      turning: true,
      start: toggleNextCodes,
    },
  ]
  return [
    ...(inUse.value.length > 0 ? ofAccounts : []),
    { name: text('trash'), icon: Trash2, start: () => show({ name: 'trash' }) },
    { name: text('shortcuts'), icon: Keyboard, start: () => (shortcutsShown.value = true) },
    // What stands there already is not opened once more.
    ...(isPane() ? [] : elsewhere()),
  ]
}

function elsewhere(): readonly MenuItem[] {
  const beside = { name: text('open_beside'), icon: PanelRight, turning: true, start: () => void openBeside() }
  return [
    ...(canBeBeside() ? [beside] : []),
    { name: text('open_in_window'), icon: AppWindow, start: () => void openInWindow() },
  ]
}
