import type { AdminCalls } from '../../rpc/admin-calls'
import type { Handlers } from '../../rpc/wire'
import { adminImport, adminStatus, adminUnassociate } from '../mfa/admin'
import { acted } from './acted'

/** What the background does when a page of ours asks. */
export const adminCalls: Handlers<AdminCalls> = {
  adminStatus: (credentials, userId) => acted(() => adminStatus(credentials, userId)),
  adminUnassociate: (credentials, userId, type) => acted(() => adminUnassociate(credentials, userId, type)),
  adminImport: (credentials, key) => acted(() => adminImport(credentials, key)),
}
