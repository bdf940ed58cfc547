import browser from 'webextension-polyfill'
import { background } from '../../rpc/client'
import { load } from './attempt'

/** One of the names a Chromium goes by. Newer than the types. */
interface Brand {
  brand: string
  version: string
}

/** The browser and its version, as it tells extensions; empty where it does not. */
export async function browserName(): Promise<string> {
  // Firefox alone has it.
  if ('getBrowserInfo' in browser.runtime) {
    const { name, version } = await browser.runtime.getBrowserInfo()
    return `${name} ${version}`
  }
  const { userAgentData } = navigator as { userAgentData?: { brands: readonly Brand[] } }
  const brands = userAgentData?.brands.filter(({ brand }) => !/not.?a.?brand/i.test(brand)) ?? []
  const own = brands.find(({ brand }) => brand !== 'Chromium') ?? brands[0]
  return own ? `${own.brand} ${own.version}` : ''
}

/** The version of all that is stored; null where nobody answers. */
export async function vaultFormat(): Promise<number | null> {
  return load('about', () => background.vaultFormat())
}
