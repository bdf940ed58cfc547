import type { VNode } from 'preact'
import { languageNames } from '../../i18n/choose'
import { text } from '../../i18n/text'
import { LANGUAGES, THEMES } from '../../settings'
import { preferences } from '../actions/preferences'
import { PreferenceChoice } from '../components/preference-choice'
import { Section } from './section'

/** Theme and language. */
export function Appearance(): VNode {
  return (
    <Section name="appearance">
      <div class="pair">
        <PreferenceChoice
          label={text('theme')}
          preference={preferences.theme}
          choices={THEMES.map((theme) => [theme, text(`theme_${theme}`)] as const)}
        />
        <PreferenceChoice
          label={text('language')}
          preference={preferences.language}
          choices={LANGUAGES.map((one) => [one, one === 'auto' ? text('language_auto') : languageNames[one]] as const)}
        />
      </div>
    </Section>
  )
}
