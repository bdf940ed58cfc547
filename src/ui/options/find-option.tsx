import { useSignal } from '@preact/signals'
import { Search } from 'lucide'
import type { VNode } from 'preact'
import { fit, queryWords, searchable } from '../../core/search'
import { text } from '../../i18n/text'
import { Icon } from '../components/icon'

/** What names a setting on the page. */
const NAMES = '.section h2, .section h3, .section label, .section legend, .section summary'

const MOST_FOUND = 8

/** A setting as it stands on the page, and the section it is in. */
interface Found {
  element: HTMLElement
  name: string
  section: string
}

/** Finds settings by their names and explanations, and leads there. What is on the page is all there is to find. */
export function FindOption(): VNode {
  const query = useSignal('')
  const found = query.value.trim() === '' ? [] : optionsFor(query.value)
  const go = (one: Found) => {
    query.value = ''
    leadTo(one.element)
  }
  const goToFirst = (event: KeyboardEvent) => {
    const [first] = found
    if (event.key === 'Enter' && !event.isComposing && first) go(first)
  }
  return (
    <search class="find-option">
      <div class="find">
        <Icon node={Search} size={16} />
        <label for="find-option" class="sr-only">
          {text('find_option')}
        </label>
        <input
          id="find-option"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={text('find_option')}
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
          onKeyDown={goToFirst}
        />
      </div>
      <p class="sr-only" role="status">
        {query.value.trim() !== '' && text('find_option_found', { count: found.length })}
      </p>
      {query.value.trim() !== '' && found.length === 0 && <p class="hint">{text('find_option_none')}</p>}
      <ul>
        {found.map((one, at) => (
          <li key={at}>
            <button type="button" class="found-option" onClick={() => go(one)}>
              <span>{one.name}</span>
              <span class="faint">{one.section}</span>
            </button>
          </li>
        ))}
      </ul>
    </search>
  )
}

function optionsFor(query: string): readonly Found[] {
  const words = queryWords(query)
  return [...document.querySelectorAll<HTMLElement>(NAMES)]
    .map((element) => ({ element, score: fit(words, textsOf(element).map(searchable)) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, MOST_FOUND)
    .map(({ element }) => ({
      element,
      name: element.textContent.trim(),
      section: element.closest('.section')?.querySelector('h2')?.textContent ?? '',
    }))
}

/** Its name, and what explains it. */
function textsOf(element: HTMLElement): readonly string[] {
  const explained = element.closest('.field, .check')?.querySelector('.hint')?.textContent ?? ''
  return [element.textContent, explained].filter(Boolean)
}

/** Opens what it is folded in, shows it, and gives the focus to what it names. */
function leadTo(element: HTMLElement): void {
  for (let folded = element.closest('details'); folded; folded = folded.parentElement?.closest('details') ?? null) {
    folded.open = true
  }
  element.scrollIntoView({ block: 'center' })
  const control = element instanceof HTMLLabelElement ? element.control : element.closest<HTMLElement>('summary')
  // A heading takes the focus only so.
  if (!control) element.tabIndex = -1
  ;(control ?? element).focus({ preventScroll: true })
}
