/** A way to write all accounts, as the user chooses it. */
export interface ExportChoice {
  /** As in `exportFormats`. */
  readonly format: string
  /** A product's own name; our own words for the others come from the catalogue. */
  readonly name?: string
  readonly password: 'always' | 'optional' | 'never'
  readonly extension: string
  /** The extension of the plain file, where it differs. */
  readonly plainExtension?: string
}

/**
 * What the export dialog offers, best first. Written down here, so that the page need not load the formats themselves;
 * a test sees to it that none is missing.
 */
export const EXPORT_CHOICES = [
  { format: 'latchkey', password: 'always', extension: 'json' },
  { format: 'aegis', name: 'Aegis', password: 'optional', extension: 'json' },
  { format: '2fas', name: '2FAS', password: 'optional', extension: '2fas' },
  { format: 'bitwarden', name: 'Bitwarden', password: 'optional', extension: 'json' },
  { format: 'ente', name: 'Ente Auth', password: 'optional', extension: 'json', plainExtension: 'txt' },
  { format: 'proton', name: 'Proton Authenticator', password: 'optional', extension: 'json' },
  { format: 'keepass', name: 'KeePass', password: 'always', extension: 'kdbx' },
  { format: 'stratum', name: 'Stratum', password: 'optional', extension: 'authpro', plainExtension: 'json' },
  { format: 'google', name: 'Google Authenticator', password: 'never', extension: 'txt' },
  { format: 'authenticator', name: 'Authenticator Extension', password: 'never', extension: 'json' },
  { format: 'otpauth', password: 'never', extension: 'txt' },
  { format: 'csv', password: 'never', extension: 'csv' },
  { format: 'html', password: 'never', extension: 'html' },
] as const satisfies readonly ExportChoice[]

/** The name of the file that is saved. */
export function exportFileName(choice: ExportChoice, encrypted: boolean, date: Date): string {
  const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  const extension = encrypted ? choice.extension : (choice.plainExtension ?? choice.extension)
  return `latchkey-${choice.format === 'latchkey' ? 'backup' : choice.format}-${day.join('-')}.${extension}`
}
