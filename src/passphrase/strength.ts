import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary as common } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** What would make a passphrase better. */
export type Advice =
  'add-words' | 'common' | 'dates' | 'keyboard' | 'names' | 'own-name' | 'repeats' | 'sequences' | 'substitutions'

export type Level = 'weak' | 'fair' | 'good' | 'strong'

/** How hard a passphrase is to guess for somebody who knows how people choose them. */
export interface Strength {
  /** Estimated guesses, as a power of ten. */
  magnitude: number
  /** Whether it may keep a vault (KEY-4). */
  enough: boolean
  level: Level
  advice: Advice
}

/** 10^10 guesses: a month for one graphics card at the price that Argon2id asks for each. */
const ENOUGH_MAGNITUDE = 10
const GOOD_MAGNITUDE = 12
const STRONG_MAGNITUDE = 15

/** What stands on every screen where a passphrase is chosen, and so comes to mind. */
const OWN_WORDS = ['latchkey', 'authenticator', 'passphrase', 'vault', '主密码']

/** What comes after is not looked at: it can only make a passphrase better, and typing must not wait for it. */
const LONGEST_JUDGED = 100

const estimator = new ZxcvbnFactory({
  graphs: adjacencyGraphs,
  dictionary: { ...common, ...english },
  maxLength: LONGEST_JUDGED,
})

/** Judges the form in which a passphrase is stretched, too, so that look-alike letters gain nothing. */
export function strengthOf(passphrase: string): Strength {
  const { guessesLog10: magnitude, feedback } = judge(passphrase.normalize('NFKC'))
  const named = [feedback.warning, ...feedback.suggestions].flatMap((key) => ADVICE.get(key ?? '') ?? [])
  const level = levelOf(magnitude)
  return { magnitude, enough: level !== 'weak', level, advice: named[0] ?? 'add-words' }
}

const NOTHING = /^/

/** The estimator keeps what it judged last, and the engine what it matched: nothing, instead of the passphrase (MEM-1). */
function judge(passphrase: string): ReturnType<typeof estimator.check> {
  try {
    return estimator.check(passphrase, OWN_WORDS)
  } finally {
    estimator.check('', OWN_WORDS)
    NOTHING.test('')
  }
}

function levelOf(magnitude: number): Level {
  if (magnitude < ENOUGH_MAGNITUDE) return 'weak'
  if (magnitude < GOOD_MAGNITUDE) return 'fair'
  return magnitude < STRONG_MAGNITUDE ? 'good' : 'strong'
}

/** The estimator's own words for what it found. */
const ADVICE: ReadonlyMap<string, Advice> = new Map([
  ['straightRow', 'keyboard'],
  ['keyPattern', 'keyboard'],
  ['simpleRepeat', 'repeats'],
  ['extendedRepeat', 'repeats'],
  ['sequences', 'sequences'],
  ['recentYears', 'dates'],
  ['dates', 'dates'],
  ['topTen', 'common'],
  ['topHundred', 'common'],
  ['common', 'common'],
  ['similarToCommon', 'common'],
  ['namesByThemselves', 'names'],
  ['commonNames', 'names'],
  ['userInputs', 'own-name'],
  ['l33t', 'substitutions'],
])
