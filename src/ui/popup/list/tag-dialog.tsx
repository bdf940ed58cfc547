import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { shownText } from '../../../i18n/shown-text'
import { text } from '../../../i18n/text'
import { tagAccounts } from '../../actions/arranging'
import { Dialog } from '../../components/dialog'
import { Field } from '../../components/field'
import { Form } from '../../components/form'
import { tags } from '../../list-state'

/** Gives accounts a tag: one that is in use, or a new one. */
export function TagDialog({ ids, onClose }: { ids: readonly string[]; onClose: () => void }): VNode {
  const typed = useSignal('')
  const checked = useSignal(false)
  const missing = typed.value.trim() === ''
  const check = () => {
    checked.value = true
    return !missing
  }
  const give = async (tag: string) => {
    if (await tagAccounts(ids, tag)) onClose()
  }
  return (
    <Dialog title={text('tag_title')} onClose={onClose}>
      <Form
        place="tags"
        check={check}
        onSubmit={() => void give(typed.value.trim())}
        submit={text('tag')}
        others={
          <button type="button" onClick={onClose}>
            {text('cancel')}
          </button>
        }
      >
        <Field
          label={text('tag_new')}
          value={typed}
          problem={checked.value && missing ? text('tag_missing') : null}
          autofocus
        />
        {tags.value.length > 0 && (
          <div class="chips wrapped" role="group" aria-label={text('tags')}>
            {tags.value.map((tag) => (
              <button key={tag} type="button" class="chip" onClick={() => void give(tag)}>
                <span dir="auto">{shownText(tag)}</span>
              </button>
            ))}
          </div>
        )}
      </Form>
    </Dialog>
  )
}
