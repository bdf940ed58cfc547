import type { VNode } from 'preact'
import { languageNames } from '../../i18n/choose'
import { text } from '../../i18n/text'
import { CONTRASTS, DENSITIES, LANGUAGES, NEXT_CODES, THEMES } from '../../settings'
import { preferences } from '../actions/preferences'
import { PreferenceChoice } from '../components/preference-choice'
import { PreferenceSwitch } from '../components/preference-switch'
import { Section } from './section'

/** How everything looks, and what the list shows of a code. */
export function Appearance(): VNode {
  return (
    <Section name="appearance">
      <div class="panel settings">
        <PreferenceChoice
          label={text('theme')}
          hint={text('theme_hint')}
          preference={preferences.theme}
          choices={THEMES.map((theme) => [theme, text(`theme_${theme}`)] as const)}
        />
        <PreferenceChoice
          label={text('contrast')}
          hint={text('contrast_hint')}
          preference={preferences.contrast}
          choices={CONTRASTS.map((one) => [one, text(`contrast_${one}`)] as const)}
        />
        <PreferenceChoice
          label={text('language')}
          hint={text('language_hint')}
          preference={preferences.language}
          choices={LANGUAGES.map((one) => [one, one === 'auto' ? text('language_auto') : languageNames[one]] as const)}
        />
        <PreferenceChoice
          label={text('density')}
          hint={text('density_hint')}
          preference={preferences.density}
          choices={DENSITIES.map((one) => [one, text(`density_${one}`)] as const)}
        />
        <PreferenceChoice
          label={text('next_codes')}
          hint={text('next_codes_hint')}
          preference={preferences.nextCodes}
          choices={NEXT_CODES.map((one) => [one, text(`next_codes_${one}`)] as const)}
        />
        <PreferenceSwitch
          label={text('hide_codes')}
          hint={text('hide_codes_hint')}
          preference={preferences.hideCodes}
        />
        <PreferenceSwitch
          label={text('brand_marks')}
          hint={text('brand_marks_hint')}
          preference={preferences.brandMarks}
        />
      </div>
    </Section>
  )
}
