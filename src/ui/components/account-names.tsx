import type { VNode } from 'preact'
import { shownText } from '../../i18n/shown-text'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'

/** Issuer above account. Rows are named by these two through {@link namedBy}, never by an attribute (MEM-2). */
export function AccountNames({ entry, idPrefix }: { entry: EntryView; idPrefix?: string }): VNode {
  const id = (part: string) => (idPrefix === undefined ? {} : { id: `${idPrefix}-${part}` })
  const issuer = shownText(entry.issuer)
  const label = shownText(entry.label) || (issuer ? '' : text('unnamed'))
  return (
    <span class="names">
      {issuer && (
        <b {...id('issuer')} dir="auto">
          {issuer}
        </b>
      )}
      {label && (
        <span {...id('label')} dir="auto">
          {label}
        </span>
      )}
    </span>
  )
}

/** The `aria-labelledby` of what belongs to an account: `<issuer> <account>`. */
export function namedBy(entry: EntryView, idPrefix: string): string {
  const parts = [entry.issuer ? 'issuer' : '', entry.label || !entry.issuer ? 'label' : '']
  return parts
    .filter(Boolean)
    .map((part) => `${idPrefix}-${part}`)
    .join(' ')
}
