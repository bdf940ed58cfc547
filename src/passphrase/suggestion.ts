import { dictionary } from '@zxcvbn-ts/language-common'

/** The EFF's long list: 7,776 words that are easy to spell and hard to confuse, 12.9 bits each. */
export const WORDS = dictionary['diceware-common']

/** Five of them make 64.6 bits (KEY-4). */
const COUNT = 5

/** A passphrase made by chance alone, to be written down. */
export function newPassphrase(): string {
  return Array.from({ length: COUNT }, () => WORDS[below(WORDS.length)]).join(' ')
}

/** A whole number below `limit`, each as likely as any other: what would favour the first ones is drawn again. */
function below(limit: number): number {
  const fair = 2 ** 32 - (2 ** 32 % limit)
  for (;;) {
    const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < fair) return drawn % limit
  }
}
