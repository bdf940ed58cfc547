/** Runs one flow with an MFA server at a time, whichever page or window asks (BND-9). */
export function alone<T>(flow: () => Promise<T>): Promise<T> {
  return navigator.locks.request('latchkey-flow', flow)
}
