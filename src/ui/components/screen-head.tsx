import { ArrowLeft } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { backToList } from '../actions/navigation'
import { IconButton } from './button'

/** The head of a screen behind the list. */
export function ScreenHead({ title, onBack = backToList }: { title: string; onBack?: () => void }): VNode {
  return (
    <header class="head">
      <IconButton class="icon-button turning" node={ArrowLeft} name={text('back')} onClick={onBack} />
      <h1 class="head-title">{title}</h1>
    </header>
  )
}
