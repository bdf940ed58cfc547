import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import { filterBy } from '../../actions/list'
import { tagFilter, tags } from '../../list-state'

/** The tags in use, each a filter. */
export function TagChips(): VNode {
  return (
    <section class="chips" aria-label={text('tags')}>
      <Chip name={text('all_tags')} pressed={tagFilter.value === null} onPress={() => filterBy(null)} />
      {tags.value.map((tag) => (
        <Chip key={tag} name={shownText(tag)} pressed={tagFilter.value === tag} onPress={() => filterBy(tag)} />
      ))}
    </section>
  )
}

function Chip({ name, pressed, onPress }: { name: string; pressed: boolean; onPress: () => void }): VNode {
  return (
    <button type="button" class="chip" aria-pressed={pressed} onClick={onPress}>
      <span dir="auto">{name}</span>
    </button>
  )
}
