import type { RgbaImage } from '../../src/scan/grey'
import { seeded } from '../support/seeded'
import { photograph, STEADY, type Shot } from './camera'
import { hurt, ringed, stained } from './damage'
import type { Look } from './drawing'
import { blind, shadow, spot } from './light'
import { accountUri, transferUri, type Picture } from './pictures'
import { printed, type Print } from './sheet'
import { moire, squeezed, stretched } from './spoiling'

type Random = (limit: number) => number

/** Codes on a sheet, photographed. */
interface Kind {
  readonly group: string
  /** How many codes are on the sheet, if not one; of such pictures there are half as many. */
  readonly codes?: number
  readonly text?: (random: Random) => string
  readonly level?: string
  readonly look?: (random: Random, index: number) => Partial<Look>
  readonly below?: (sheet: RgbaImage, random: Random) => void
  readonly shot?: (random: Random, index: number, side: number) => Partial<Shot>
  /** What happens to the sheet before, or to the picture after. */
  readonly damage?: (sheet: RgbaImage, random: Random, side: number) => void
  readonly after?: (image: RgbaImage, random: Random) => RgbaImage
}

/** Fewer of each kind give a quick look. */
const PER_KIND = Number(process.env['PER_KIND'] ?? 4)

const KINDS: readonly Kind[] = [
  { group: 'steep', shot: (random) => ({ lean: 40 + random(20), axis: random(360), turn: random(360), scale: 0.75 }) },
  { group: 'hard shadow', shot: (random) => ({ light: shadow(random), lean: random(25), turn: random(40) }) },
  { group: 'glare', level: 'Q', shot: (random) => ({ glare: spot(random), lean: random(25), turn: random(30) }) },
  {
    group: 'bright and dim',
    shot: (random, index) => ({ light: index % 2 ? () => 1.7 : () => 0.16, turn: random(60), noise: 10 }),
  },
  {
    group: 'rolled',
    shot: (random) => ({ roll: 70 + random(60), axis: random(4) * 45, turn: random(20), scale: 0.6 }),
  },
  {
    group: 'crumpled',
    shot: (random) => ({ crumpled: 0.01 + random(14) / 1_000, turn: random(30), lean: random(20) }),
  },
  {
    group: 'shaken',
    shot: (random) => ({ motion: 4 + random(4), heading: random(180), turn: random(30), scale: 0.6 }),
  },
  { group: 'unfocused', shot: (random, index) => ({ blur: 2 + (index % 2), turn: random(30), scale: 0.6 }) },
  { group: 'noisy', shot: (random) => ({ noise: 60, light: () => 0.6, turn: random(30), lean: random(20) }) },
  { group: 'damaged', level: 'Q', damage: stained, shot: (random) => ({ turn: random(30), lean: random(20) }) },
  { group: 'corner mark hurt', level: 'Q', damage: hurt, shot: (random) => ({ turn: random(30), lean: random(20) }) },
  {
    group: 'styled photo',
    level: 'Q',
    look: (random, index) => ({ shape: index % 2 ? 'styled' : 'small dots', logo: random(2) * 0.2 }),
    shot: (random) => ({ turn: random(30), lean: random(30), axis: random(360), scale: 0.6 }),
  },
  {
    group: 'photo of a grid, leaning',
    shot: (random) => ({ turn: random(20), lean: 15 + random(25), axis: random(360), scale: 0.7 }),
    after: moire,
  },
  {
    group: 'dense photo',
    text: (random) => transferUri(random) + transferUri(random).slice(-200),
    level: 'L',
    shot: (random) => ({
      turn: random(20),
      lean: random(25),
      axis: random(360),
      scale: 0.45,
      width: 1_300,
      height: 1_200,
    }),
  },
  { group: 'far away', shot: (random) => ({ turn: random(360), lean: random(30), scale: 0.26, noise: 14 }) },
  {
    group: 'squeezed photo',
    shot: (random) => ({ turn: random(30), lean: random(30), scale: 0.4 }),
    after: (image) => squeezed(image, 12),
  },
  {
    group: 'close',
    shot: (random) => ({ turn: random(20), lean: random(20), scale: 2.6, width: 1_400, height: 1_200, blur: 4 }),
  },
  {
    group: '12 megapixels',
    shot: (random) => ({
      turn: random(360),
      lean: random(25),
      scale: 0.3 + random(30) / 100,
      width: 4_000,
      height: 3_000,
    }),
  },
  { group: 'blind', shot: (random) => ({ light: blind(random), lean: random(25), turn: random(40) }) },
  {
    group: 'fills the picture',
    shot: (random, _index, side) => ({
      turn: random(3),
      scale: 2,
      width: Math.round(2.06 * side),
      height: Math.round((2 + random(4) / 100) * side),
      blur: 2,
    }),
  },
  {
    group: 'stretched',
    shot: (random) => ({ turn: random(20), lean: random(15), scale: 0.6 }),
    after: (image, random) => stretched(image, 0.55 + random(25) / 100),
  },
  {
    group: 'inverted photo',
    look: () => ({ ink: '#e8e8e8', paper: '#181818' }),
    shot: (random) => ({ turn: random(40), lean: random(35), axis: random(360), scale: 0.6, noise: 14 }),
  },
  {
    group: 'among rings',
    below: ringed,
    shot: (random) => ({ turn: random(30), lean: random(30), crumpled: random(8) / 1_000, scale: 0.6 }),
  },
  {
    group: 'largest codes',
    text: (random) => [1, 2, 3, 4].map(() => transferUri(random)).join(''),
    level: 'L',
    shot: (random) => ({ turn: random(10), lean: random(15), scale: 0.5, width: 1_000, height: 900 }),
  },
  {
    group: '54 codes',
    codes: 54,
    shot: (random) => ({
      turn: random(10),
      lean: random(20),
      axis: random(360),
      scale: 0.42,
      width: 1_900,
      height: 1_300,
    }),
  },
]

/** Photographs of the kinds that plain decoders often fail on; the same ones for the same seed. */
export async function* harderPictures(seed: number): AsyncGenerator<Picture> {
  const random = seeded(seed)
  for (const kind of KINDS) {
    const count = kind.group === '12 megapixels' || kind.codes !== undefined ? PER_KIND / 2 : PER_KIND
    for (let index = 0; index < count; index++) yield await pictureOf(kind, random, index)
  }
}

async function pictureOf(kind: Kind, random: Random, index: number): Promise<Picture> {
  const texts = Array.from({ length: kind.codes ?? 1 }, () => (kind.text ?? accountUri)(random))
  const { level = 'M', below = () => {} } = kind
  const look: Print['look'] = () => kind.look?.(random, index) ?? {}
  const { image: sheet, side } = await printed({ texts, level, look, below }, random)
  kind.damage?.(sheet, random, side)
  const image = photograph(sheet, { ...STEADY, ...kind.shot?.(random, index, side) }, random)
  return { group: kind.group, image: kind.after?.(image, random) ?? image, texts }
}
