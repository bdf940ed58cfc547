import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import { text } from '../../i18n/text'
import type { SiteView } from '../../rpc/fill-calls'
import { onGrantsChanged } from '../actions/granted'
import { forgetSite, readSites, setAutoSubmit, setHint } from '../actions/site'
import { FailureNote } from '../components/failure-note'
import { Switch } from '../components/switch'
import { entries } from '../state'
import { Section } from './section'

/** The sites of all accounts: what is remembered of each, and what is done there. */
export function Sites(): VNode {
  const sites = useSignal<readonly SiteView[]>([])
  const read = async () => {
    sites.value = await readSites()
  }
  // Each change of an account may be one of its sites.
  useEffect(() => void read(), [entries.value])
  // What we are let in for may be taken back elsewhere.
  useEffect(() => onGrantsChanged(() => void read()), [])
  return (
    <Section name="sites" needsVault>
      <p class="soft">{text(sites.value.length > 0 ? 'sites_lead' : 'sites_none')}</p>
      <FailureNote place="sites" />
      {sites.value.length > 0 && (
        <ul class="site-list" aria-label={text('section_sites')}>
          {sites.value.map((site) => (
            <Site key={site.origin} site={site} onChange={read} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Site({ site, onChange }: { site: SiteView; onChange: () => Promise<void> }): VNode {
  const { origin, hasField, submit, hint } = site
  const id = `site-${origin}`
  const change = async (work: Promise<void>) => {
    await work
    await onChange()
  }
  return (
    <li class="panel settings" aria-labelledby={id}>
      <div class="panel-head">
        <h3 id={id} dir="ltr">
          {new URL(origin).host}
        </h3>
        {(hasField || submit || hint) && (
          <button type="button" onClick={() => void change(forgetSite(origin))}>
            {text('sites_forget')}
          </button>
        )}
      </div>
      <Switch
        label={text('sites_submit')}
        hint={text('sites_submit_hint')}
        on={submit}
        onChange={(on) => void change(setAutoSubmit(origin, on))}
      />
      <Switch
        label={text('sites_show_hint')}
        hint={text('sites_show_hint_hint')}
        on={hint}
        onChange={(on) => void change(setHint(origin, on))}
      />
      {hasField && <p class="soft">{text('sites_field')}</p>}
    </li>
  )
}
