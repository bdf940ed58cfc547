import type { VNode } from 'preact'
import type { Preference } from '../actions/preferences'
import { Switch } from './switch'

interface PreferenceSwitchProps {
  label: string
  hint: string
  preference: Preference<boolean>
}

/** A setting that is on or off, in force at once. */
export function PreferenceSwitch({ label, hint, preference }: PreferenceSwitchProps): VNode {
  const { shown, choose } = preference
  return <Switch label={label} hint={hint} on={shown.value ?? false} onChange={(on) => void choose(on)} />
}
