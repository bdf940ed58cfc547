import { AppError } from '../core/errors'

/** The password as typed. Throws `format/needs-password` where there is none. */
export function passwordIn({ password }: { readonly password?: string }): string {
  if (!password) throw new AppError('format/needs-password')
  return password
}
