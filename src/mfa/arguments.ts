import { AppError } from '../core/errors'

import { isHeaderText } from './members'

/** A text that a call cannot do without. Throws `mfa/argument-missing`, before anything is sent, if it is not there. */
export function needed(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') throw new AppError('mfa/argument-missing')
  return value
}

/** The same for what travels in a header: a token, an id. */
export function neededInHeader(value: unknown): string {
  const text = needed(value)
  if (!isHeaderText(text)) throw new AppError('mfa/argument-missing')
  return text
}

/** `{ [name]: value }` where there is a value, else nothing: absent members are left out, not sent empty. */
export function given<Name extends string>(name: Name, value: string | undefined): { [key in Name]?: string } {
  const members: { [key in Name]?: string } = {}
  if (value) members[name] = value
  return members
}
