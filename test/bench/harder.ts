import type { RgbaImage } from '../../src/scan/grey'
import { modulesOf, page, putText } from '../scan/draw'
import { seeded } from '../support/seeded'
import { photograph, STEADY, type Shot } from './camera'
import { draw, PLAIN, type Look } from './drawing'
import { accountUri, transferUri, type Picture } from './pictures'
import { moire, squeezed } from './spoiling'

type Random = (limit: number) => number

/** One code on a sheet, photographed. Modules of the sheet have eight pixels. */
interface Kind {
  readonly group: string
  readonly text?: (random: Random) => string
  readonly level?: string
  readonly look?: (random: Random, index: number) => Partial<Look>
  readonly shot?: (random: Random, index: number) => Partial<Shot>
  /** What happens to the sheet before, or to the picture after. */
  readonly damage?: (sheet: RgbaImage, random: Random, side: number) => void
  readonly after?: (image: RgbaImage, random: Random) => RgbaImage
}

const MODULE = 8
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
]

/** Photographs of the kinds that plain decoders often fail on; the same ones for the same seed. */
export async function* harderPictures(seed: number): AsyncGenerator<Picture> {
  const random = seeded(seed)
  for (const kind of KINDS) {
    const count = kind.group === '12 megapixels' ? PER_KIND / 2 : PER_KIND
    for (let index = 0; index < count; index++) yield await pictureOf(kind, random, index)
  }
}

async function pictureOf(kind: Kind, random: Random, index: number): Promise<Picture> {
  const text = (kind.text ?? accountUri)(random)
  const code = await modulesOf(text, kind.level ?? 'M')
  const side = code.size * MODULE
  const sheet = page(side + 20 * MODULE, side + 26 * MODULE)
  putText(sheet, random)
  draw(sheet, code, 6 * MODULE, 9 * MODULE, { ...PLAIN, ...kind.look?.(random, index), module: MODULE })
  kind.damage?.(sheet, random, side)
  const image = photograph(sheet, { ...STEADY, ...kind.shot?.(random, index) }, random)
  return { group: kind.group, image: kind.after?.(image, random) ?? image, texts: [text] }
}

/** Half of the picture in the shadow of something with a straight edge, which crosses the code. */
function shadow(random: Random): Shot['light'] {
  const angle = random(360)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const [past, dark] = [(random(20) - 10) / 100, 0.2 + random(25) / 100]
  return (x, y) => dark + (1 - dark) * Math.min(1, Math.max(0, ((x - 0.5) * cos + (y - 0.5) * sin - past) * 60 + 0.5))
}

/** A lamp seen in the sheet. */
function spot(random: Random): Shot['glare'] {
  const [left, top] = [0.35 + random(30) / 100, 0.35 + random(30) / 100]
  const size = 0.05 + random(6) / 100
  return (x, y) => 1.2 * Math.exp(-(((x - left) / size) ** 2) - ((y - top) / size) ** 2)
}

/** Blots, ink lines and a fold. */
function stained(sheet: RgbaImage, random: Random, side: number): void {
  for (let count = 0; count < 3; count++) {
    const [x, y, size] = [side / 4 + random(side), side / 4 + random(side), 8 + random(side / 14)]
    blot(sheet, x, y, size, size, random(2) * 230)
  }
  blot(sheet, 0, side / 2 + random(side / 2), sheet.width, 4, 40)
  blot(sheet, side / 2 + random(side / 2), 0, 5, sheet.height, 235)
}

/** Something lies on a part of one corner mark. */
function hurt(sheet: RgbaImage, random: Random, side: number): void {
  const [right, down] = [random(2) * (side - 7 * MODULE), 0]
  const [x, y] = [10 * MODULE + right + random(7 * MODULE), 13 * MODULE + down + random(7 * MODULE)]
  blot(sheet, x, y, 2 * MODULE, 1.5 * MODULE, random(2) * 230)
}

function blot(
  { data, width, height }: RgbaImage,
  left: number,
  top: number,
  across: number,
  down: number,
  shade: number,
) {
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(height, top + down); y++) {
    for (let x = Math.max(0, Math.floor(left)); x < Math.min(width, left + across); x++) {
      data.fill(shade, (y * width + x) * 4, (y * width + x) * 4 + 3)
    }
  }
}
