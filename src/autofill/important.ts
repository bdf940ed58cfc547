/** Declarations that no style sheet of the page overrules. */
export function important(declarations: string): string {
  return declarations
    .split(';')
    .map((one) => `${one} !important`)
    .join(';')
}
