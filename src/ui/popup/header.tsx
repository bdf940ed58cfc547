import { Lock, Search, Settings } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../i18n/text'
import { copyCode } from '../actions/clipboard'
import { openOptions, searchFor } from '../actions/navigation'
import { lock } from '../actions/vault'
import { IconButton } from '../components/button'
import { focusIfFree } from '../components/field'
import { Icon } from '../components/icon'
import { listed, page, search } from '../state'

/** Search, lock, options. */
export function Header(): VNode {
  return (
    <header class="head">
      <SearchBox />
      <IconButton node={Lock} name={text('lock')} onClick={() => void lock()} />
      <IconButton node={Settings} name={text('options')} onClick={openOptions} />
    </header>
  )
}

function SearchBox(): VNode {
  const keyDown = (event: KeyboardEvent) => {
    const [first] = listed.value
    if (event.key === 'Enter' && first && search.value.trim() !== '') void copyCode(first.id)
  }
  return (
    <div class="find">
      <Icon node={Search} size={17} />
      <label for="search" class="sr-only">
        {text('search')}
      </label>
      <input
        id="search"
        type="search"
        autocomplete="off"
        spellcheck={false}
        placeholder={text('search_accounts')}
        value={search.value}
        onInput={(event) => searchFor(event.currentTarget.value)}
        onKeyDown={keyDown}
        {...(page.value?.hasCodeField ? {} : { ref: focusIfFree })}
      />
      {search.value === '' && <kbd aria-hidden="true">/</kbd>}
    </div>
  )
}
