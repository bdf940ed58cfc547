import type { VNode } from 'preact'
import type { EntryType } from '../../core/entry'
import { text } from '../../i18n/text'
import type { EntryView } from '../../rpc/account-calls'

/** What people call the types. */
export const TYPE_NAMES: Readonly<Record<EntryType, string>> = {
  totp: 'TOTP',
  hotp: 'HOTP',
  steam: 'Steam',
  motp: 'mOTP',
  yandex: 'Yandex',
}

type Parameters = Pick<EntryView, 'type' | 'algorithm' | 'digits' | 'periodSeconds'>

/** How an account makes its codes, in one line. */
export function KindLine({ of: { type, algorithm, digits, periodSeconds } }: { of: Parameters }): VNode {
  const common = { type: TYPE_NAMES[type], algorithm, digits }
  return (
    <span class="kind-line">
      {type === 'hotp' ? text('kind_line', common) : text('kind_line_period', { ...common, seconds: periodSeconds })}
    </span>
  )
}
