import type { VNode } from 'preact'
import { text, type TextKey } from '../../../i18n/text'

const GUIDES = [
  ['Google Authenticator', 'guide_google'],
  ['Microsoft Authenticator', 'guide_microsoft'],
  ['Authenticator Extension', 'guide_authenticator'],
  ['2FAS', 'guide_2fas'],
  ['Aegis', 'guide_aegis'],
  ['Bitwarden', 'guide_bitwarden'],
  ['Ente Auth', 'guide_ente'],
  ['Proton', 'guide_proton'],
] as const satisfies readonly (readonly [app: string, steps: TextKey])[]

/** What to press in the old app to get one's accounts out of it. A text has a step a line. */
export function Guide(): VNode {
  return (
    <div class="panel">
      <h3>{text('guide_title')}</h3>
      <div>
        {GUIDES.map(([app, steps]) => (
          <details key={app} class="guide">
            <summary>{app}</summary>
            <ol>
              {text(steps)
                .split('\n')
                .map((step) => (
                  <li key={step}>{step}</li>
                ))}
            </ol>
          </details>
        ))}
      </div>
      <p class="hint">{text('guide_others')}</p>
    </div>
  )
}
