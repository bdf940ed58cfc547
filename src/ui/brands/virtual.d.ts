declare module 'virtual:brand-icons' {
  /** A service's mark: its colour as six hexadecimal digits, and what it looks like in a square of 24. */
  export interface BrandIcon {
    hex: string
    path: string
  }

  /** The collection in parts, by the first character of the names; made by the build from simple-icons. */
  export const shards: Readonly<Record<string, () => Promise<{ icons: Readonly<Record<string, BrandIcon>> }>>>
}

declare module 'virtual:licences' {
  /** A package that is part of this one, and under which terms. */
  export interface Licence {
    name: string
    version: string
    licence: string
  }

  export const licences: readonly Licence[]
}
