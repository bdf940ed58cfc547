import { readings } from '../list-state'
import { inUse } from '../state'

const CHINESE = /\p{Script=Han}/u

/** Learns how the Chinese names are spoken, so that they are found by `zhaoshang` or `zsyh`. Loaded when first needed. */
export async function loadReadings(): Promise<void> {
  const names = new Set(inUse.value.flatMap(({ issuer, label }) => [issuer, label]))
  const unread = [...names].filter((name) => CHINESE.test(name) && !readings.value.has(name))
  if (unread.length === 0) return
  const { pinyin } = await import('pinyin-pro')
  const read = unread.map((name) => {
    const sounds = pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true })
    const initials = sounds.map((sound) => (/^[a-z]/.test(sound) ? sound.charAt(0) : sound)).join('')
    return [name, `${sounds.join('')} ${initials} ${sounds.join(' ')}`] as const
  })
  readings.value = new Map([...readings.value, ...read])
}
