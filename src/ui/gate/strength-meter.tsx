import type { VNode } from 'preact'
import { text, type TextKey } from '../../i18n/text'
import type { Advice, Level, Strength } from '../../passphrase/strength'

const LEVELS: readonly Level[] = ['weak', 'fair', 'good', 'strong']

const WORDS = {
  weak: 'strength_weak',
  fair: 'strength_fair',
  good: 'strength_good',
  strong: 'strength_strong',
} as const satisfies Record<Level, TextKey>

const ADVICE = {
  'add-words': 'advice_add_words',
  common: 'advice_common',
  dates: 'advice_dates',
  keyboard: 'advice_keyboard',
  names: 'advice_names',
  'own-name': 'advice_own_name',
  repeats: 'advice_repeats',
  sequences: 'advice_sequences',
  substitutions: 'advice_substitutions',
} as const satisfies Record<Advice, TextKey>

/** How hard it is to guess; what would help, where it is not hard enough. */
export function strengthText({ level, enough, advice }: Strength): string {
  return enough ? text(WORDS[level]) : `${text(WORDS[level])} ${text(ADVICE[advice])}`
}

/** The same as four bars; for the eye alone, since the field is described by the words. */
export function StrengthMeter({ strength }: { strength: Strength | null }): VNode {
  const reached = strength ? LEVELS.indexOf(strength.level) : -1
  return (
    <div class={`strength strength-${strength?.level ?? 'none'}`} aria-hidden="true">
      {LEVELS.map((level, at) => (
        <span key={level} class={at <= reached ? 'reached' : ''} />
      ))}
    </div>
  )
}
