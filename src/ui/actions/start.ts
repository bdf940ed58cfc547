import browser from 'webextension-polyfill'
import { type Extent, expectLanguage, loadLanguage } from '../../i18n/catalogue'
import { chooseLanguage } from '../../i18n/choose'
import { currentLanguage, languageTag, textDirection } from '../../i18n/text'
import type { Event } from '../../rpc/calls'
import { onEvent } from '../../rpc/client'
import { settings } from '../../settings'
import { shownLanguage, status } from '../state'
import { refreshAccounts } from './accounts'
import { keepBrandIcons } from './brands'
import { startClock } from './clock'
import { forgetAccounts } from './forget'
import { refreshFill } from './page'
import { refresh } from './vault'

/** So long the user's choice of a language is waited for. */
const CHOICE_MS = 1_500

/** What a page does besides the common answers to an event. */
export type Reaction = Partial<Record<Event, () => Promise<void>>>

/** Brings a page to life: language (of its texts so many at first), theme, vault, then events. What fails is shown and can be tried again. */
export async function start(reactions: Reaction = {}, texts: Extent = 'all'): Promise<void> {
  onEvent((event) => void react(event, reactions))
  settings.language.watch(() => void prepareLanguage('all'))
  const looks = LOOKS.map((name) => follow(name))
  startClock()
  keepBrandIcons()
  await Promise.all([prepareLanguage(texts), ...looks, begin(reactions)])
}

/** Starts over after a failure. */
export async function startAgain(reactions: Reaction = {}): Promise<void> {
  status.value = 'loading'
  await begin(reactions)
}

async function begin(reactions: Reaction): Promise<void> {
  await refresh()
  if (status.value === 'unlocked') await reactions.unlocked?.()
}

async function react(event: Event, reactions: Reaction): Promise<void> {
  if (event === 'locked') await goBlank()
  if (event === 'unlocked') await refresh()
  if (status.value === 'unlocked') {
    if (event === 'entries-changed') await refreshAccounts()
    if (event === 'servers-changed') await (await import('./servers')).loadServers()
    if (event === 'fill-changed') await refreshFill()
  }
  await reactions[event]?.()
}

/** What the vault held goes at once (KEY-8). Where none was open, none may have been made yet: then whoever makes it goes on typing. */
async function goBlank(): Promise<void> {
  const wasOpen = status.value === 'unlocked'
  forgetAccounts()
  if (wasOpen) status.value = 'locked'
  else if (status.value !== 'locked') await refresh()
}

/** The address's `?lang=`, else the user's choice, else the browser's language. */
async function prepareLanguage(texts: Extent): Promise<void> {
  const asked = new URLSearchParams(location.search).get('lang')
  const own = browser.i18n.getUILanguage()
  // Most have chosen none: the catalogue they need is on its way while their choice is read.
  void expectLanguage(chooseLanguage([asked, own]), texts)
  const chosen = await orNull(settings.language.get())
  const language = chooseLanguage([asked, chosen, own])
  await loadLanguage(language, texts)
  document.documentElement.lang = languageTag()
  document.documentElement.dir = textDirection()
  shownLanguage.value = currentLanguage()
}

/** A store that hangs must not keep the page from saying so (REL-1). */
async function orNull<T>(read: Promise<T>): Promise<T | null> {
  const limit = new Promise<null>((resolve) => setTimeout(resolve, CHOICE_MS, null))
  return Promise.race([read, limit]).catch(() => null)
}

/** The settings that the style sheets go by; each is an attribute of the page. */
const LOOKS = ['theme', 'contrast', 'density'] as const

/** Has the page look as chosen, now and from then on; what cannot be read stays at its default. */
async function follow(name: (typeof LOOKS)[number]): Promise<void> {
  const apply = (value: string) => {
    document.documentElement.dataset[name] = value
  }
  settings[name].watch(apply)
  await settings[name].get().then(apply, () => undefined)
}
