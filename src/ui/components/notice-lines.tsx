import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { COPY_NAMES, type CopiesNotice } from '../../settings'

const NAMES = { database: 'copy_in_database', mirror: 'copy_second' } as const
const FOUND = {
  intact: 'copy_intact',
  missing: 'copy_missing',
  older: 'copy_older',
  damaged: 'copy_damaged',
  unreadable: 'copy_unreadable',
} as const

/** What was found wrong with a copy of the vault, and what was done, a line for each copy. */
export function NoticeLines({ notice: { found, healed } }: { notice: CopiesNotice }): VNode {
  const wrong = COPY_NAMES.filter((name) => found[name] !== 'intact')
  return (
    <>
      {wrong.map((name) => (
        <p key={name}>
          {text(FOUND[found[name]], { copy: text(NAMES[name]) })}{' '}
          {text(healed.includes(name) ? 'copy_healed' : 'copy_not_healed')}
        </p>
      ))}
    </>
  )
}
