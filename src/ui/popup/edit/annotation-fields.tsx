import { useSignal, type Signal } from '@preact/signals'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import type { EntryChange, EntryView } from '../../../rpc/account-calls'
import { Field } from '../../components/field'

/** What the user keeps beside an account, as it is being typed. */
export interface Annotations {
  tags: Signal<string>
  note: Signal<string>
  pinned: Signal<boolean>
}

export function useAnnotations({ tags, note, pinned }: EntryView): Annotations {
  return { tags: useSignal(tags.join(', ')), note: useSignal(note), pinned: useSignal(pinned) }
}

/** The part of the change that they make. */
export function annotationsIn({ tags, note, pinned }: Annotations): Pick<EntryChange, 'tags' | 'note' | 'pinned'> {
  return { tags: tagsIn(tags.value), note: note.value, pinned: pinned.value }
}

/** Tags are typed with commas between them, Chinese ones too. */
export function tagsIn(typed: string): readonly string[] {
  const tags = typed.split(/[,，、;；\n]/).map((tag) => tag.trim())
  return [...new Set(tags.filter(Boolean))]
}

export function AnnotationFields({ tags, note, pinned }: Annotations): VNode {
  return (
    <>
      <Field label={text('tags')} value={tags} hint={text('tags_hint')} optional />
      <Field label={text('note')} value={note} lines={2} optional />
      <label class="check">
        <input
          type="checkbox"
          checked={pinned.value}
          onChange={(event) => (pinned.value = event.currentTarget.checked)}
        />
        {text('keep_on_top')}
      </label>
    </>
  )
}
