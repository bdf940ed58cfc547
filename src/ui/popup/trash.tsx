import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { ScreenHead } from '../components/screen-head'
import { TrashList } from '../components/trash-list'

/** The trash, as a screen of the popup. */
export function Trash(): VNode {
  return (
    <div class="screen">
      <ScreenHead title={text('trash')} />
      <main class="scroll padded">
        <TrashList />
      </main>
    </div>
  )
}
