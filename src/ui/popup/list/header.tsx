import { Lock, Search, Settings } from 'lucide'
import type { VNode } from 'preact'
import { text } from '../../../i18n/text'
import { searchFor } from '../../actions/list'
import { openOptions } from '../../actions/navigation'
import { lock } from '../../actions/vault'
import { IconButton } from '../../components/button'
import { focusIfFree } from '../../components/field'
import { Icon } from '../../components/icon'
import { search } from '../../list-state'
import { page } from '../../state'
import { MoreMenu } from './more-menu'

/** Search, lock, options, and what is needed now and then. */
export function Header(): VNode {
  return (
    <header class="head">
      <SearchBox />
      <IconButton node={Lock} name={text('lock')} onClick={() => void lock()} />
      <IconButton node={Settings} name={text('options')} onClick={openOptions} />
      <MoreMenu />
    </header>
  )
}

/** Digits go to the search once it was asked for, and to the rows before that. */
function SearchBox(): VNode {
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
        onPointerDown={(event) => (event.currentTarget.dataset['asked'] = '')}
        onBlur={(event) => delete event.currentTarget.dataset['asked']}
        {...(page.value?.hasCodeField ? {} : { ref: focusIfFree })}
      />
      {search.value === '' && <kbd aria-hidden="true">/</kbd>}
    </div>
  )
}
