import type { VNode } from 'preact'
import browser from 'webextension-polyfill'
import { licences } from 'virtual:licences'
import { text, type TextKey } from '../../i18n/text'
import { status } from '../state'
import { CommandKeys } from './command-keys'
import { GrantedSites } from './granted-sites'
import { Section } from './section'
import { VaultFacts } from './vault-facts'

const REASONS: Readonly<Record<string, TextKey>> = {
  storage: 'permission_storage',
  unlimitedStorage: 'permission_unlimitedStorage',
  activeTab: 'permission_activeTab',
  scripting: 'permission_scripting',
  alarms: 'permission_alarms',
  clipboardWrite: 'permission_clipboardWrite',
  contextMenus: 'permission_contextMenus',
  offscreen: 'permission_offscreen',
  idle: 'permission_idle',
}

/** The versions, how the vault fares, what the browser was asked for and why, what was granted, the keys, and whose work is in the package. */
export function About(): VNode {
  const { permissions = [] } = browser.runtime.getManifest()
  return (
    <Section name="about">
      <VaultFacts />
      <div class="panel">
        <h3>{text('permissions_title')}</h3>
        <dl class="reasons">
          {permissions.map((name) => (
            <Reason key={name} name={name} reason={REASONS[name]} />
          ))}
          <Reason name="https://*" reason="permission_hosts" />
        </dl>
      </div>
      {status.value === 'unlocked' && <GrantedSites />}
      <CommandKeys />
      <Licences />
    </Section>
  )
}

/** The libraries that are part of the package. */
function Licences(): VNode {
  return (
    <details class="panel">
      <summary>{text('licences')}</summary>
      <p class="soft">{text('licences_lead')}</p>
      <ul class="licences">
        {licences.map(({ name, version, licence }) => (
          <li key={name}>
            <b>{name}</b> {version} <span class="soft">{licence}</span>
          </li>
        ))}
      </ul>
      <p>
        <a href={browser.runtime.getURL('licences.txt')} target="_blank" rel="noreferrer">
          {text('licences_whole')}
        </a>
      </p>
    </details>
  )
}

function Reason({ name, reason }: { name: string; reason: TextKey | undefined }): VNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd class="soft">{reason ? text(reason as 'permission_idle') : ''}</dd>
    </div>
  )
}
