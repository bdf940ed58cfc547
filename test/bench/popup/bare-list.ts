import './bare-list.css'

// The least a list of ten thousand can be: two texts a row, in as many elements as fit, which are used again and again.
const ROWS = 10_000
const ROW_PX = 57
const AROUND = 8
const DRAWN = 28

const list = document.querySelector('main')
const pool = Array.from({ length: DRAWN }, row)

function row(): HTMLElement {
  const made = document.createElement('p')
  made.append(document.createElement('b'), document.createElement('span'))
  return made
}

function fill(made: HTMLElement, place: number): void {
  const [name, code] = made.children
  if (made.dataset['place'] === String(place) || !name || !code) return
  made.dataset['place'] = String(place)
  made.style.top = `${place * ROW_PX}px`
  name.textContent = `Account ${place}`
  code.textContent = String(100_000 + ((place * 7_919) % 900_000))
}

function draw(): void {
  const first = Math.max(0, Math.floor((list?.scrollTop ?? 0) / ROW_PX) - AROUND)
  for (let place = first; place < Math.min(first + DRAWN, ROWS); place += 1) {
    const made = pool[place % DRAWN]
    if (made) fill(made, place)
  }
}

const height = document.createElement('div')
height.style.height = `${ROWS * ROW_PX}px`
list?.append(height, ...pool)
list?.addEventListener('scroll', draw, { passive: true })
// After the first look for a code, as a page of ours has it.
requestAnimationFrame(draw)
