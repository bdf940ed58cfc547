import type { VNode } from 'preact'
import browser from 'webextension-polyfill'
import { text, type TextKey } from '../../i18n/text'
import { Section } from './section'

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

/** The version, and what the browser was asked for with the reason. */
export function About(): VNode {
  const { version, permissions = [] } = browser.runtime.getManifest()
  return (
    <Section name="about">
      <p>
        <span class="soft">{text('version')}</span> {version}
      </p>
      <h3>{text('permissions_title')}</h3>
      <dl class="reasons">
        {permissions.map((name) => (
          <Reason key={name} name={name} reason={REASONS[name]} />
        ))}
        <Reason name="https://*" reason="permission_hosts" />
      </dl>
    </Section>
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
