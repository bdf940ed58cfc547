import type { WayCalls } from '../../rpc/way-calls'
import type { Handlers } from '../../rpc/wire'
import * as ways from '../vault/ways'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const wayCalls: Handlers<WayCalls> = {
  ways: () => ways.ways(Date.now()),
  unlockWith: ways.unlockWith,
  setPassphrase: (way, next) => acted(() => ways.setPassphrase(way, next)),
  changeKey: (current, next) => acted(() => ways.changeKey(current, next)),
  addSheet: (passphrase) => acted(() => ways.addSheet(passphrase)),
  addFirstSheet: () => acted(() => ways.addFirstSheet(Date.now())),
  beginPasskey: (passphrase) => acted(() => ways.beginPasskey(passphrase)),
  addPasskey: (passphrase, passkey) => acted(() => ways.addPasskey(passphrase, passkey)),
  removeWay: (passphrase, id) => acted(() => ways.removeWay(passphrase, id)),
}
