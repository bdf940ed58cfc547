import { ArrowLeft } from 'lucide'
import type { VNode } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { text } from '../../i18n/text'
import { backToList } from '../actions/navigation'
import { IconButton } from './button'
import { focusIfFree } from './field'

/** The head of a screen behind the list. Its title has the focus where no field takes it, so that keys go to the screen. */
export function ScreenHead({ title, onBack = backToList }: { title: string; onBack?: () => void }): VNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => focusIfFree(heading.current), [])
  return (
    <header class="head">
      <IconButton class="icon-button turning" node={ArrowLeft} name={text('back')} onClick={onBack} />
      <h1 ref={heading} class="head-title" tabIndex={-1}>
        {title}
      </h1>
    </header>
  )
}
