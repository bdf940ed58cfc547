import type { VNode } from 'preact'
import { AppError } from '../../../core/errors'
import { errorText, text } from '../../../i18n/text'
import type { EntryView } from '../../../rpc/account-calls'
import { openFactors } from '../../actions/navigation'
import { KindLine } from '../../components/kind-line'
import { PhaseTag } from '../../components/phase-tag'
import { ScreenHead } from '../../components/screen-head'
import { inUse } from '../../state'
import { DeleteSection } from './delete-section'
import { NamesForm } from './names-form'
import { RecoverySection } from './recovery-section'
import { SecretSection } from './secret-section'

/** What may be changed about an account; how it makes its codes may not. */
export function Edit({ entryId }: { entryId: string }): VNode {
  const entry = inUse.value.find((one) => one.id === entryId)
  return (
    <div class="screen">
      <ScreenHead title={text('edit_title')} />
      <main class="scroll padded">{entry ? <Parts entry={entry} /> : <Gone />}</main>
    </div>
  )
}

function Parts({ entry }: { entry: EntryView }): VNode {
  return (
    <>
      <NamesForm entry={entry} />
      <section class="block">
        <h2>{text('parameters')}</h2>
        <p class="line">
          <KindLine of={entry} />
          <PhaseTag phase={entry.phase} />
        </p>
        <PhaseNext entry={entry} />
      </section>
      <RecoverySection entry={entry} />
      <SecretSection entryId={entry.id} />
      <DeleteSection entry={entry} />
    </>
  )
}

/** What to do about a binding whose end is not known. */
function PhaseNext({ entry: { phase } }: { entry: EntryView }): VNode | null {
  if (phase !== 'associated' && phase !== 'confirming' && phase !== 'unbinding') return null
  return (
    <p class="hint">
      {text(`phase_${phase}_next`)}{' '}
      <button type="button" class="link" onClick={openFactors}>
        {text('go_on')}
      </button>
    </p>
  )
}

/** Another window was faster. */
function Gone(): VNode {
  return <p>{errorText(new AppError('vault/entry-missing'))}</p>
}
