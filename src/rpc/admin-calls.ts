/** An administrator's credentials: held by the administrator page, sent with each call, stored nowhere (ADM-2). */
export interface AdminCredentials {
  host: string
  userPoolId: string
  secret: string
}

/** What an administrator may do for other users. */
export interface AdminCalls {
  adminStatus(credentials: AdminCredentials, userId: string): Readonly<Record<string, boolean>>
  adminUnassociate(credentials: AdminCredentials, userId: string, type: 'OTP' | 'FACE'): void
  adminImport(
    credentials: AdminCredentials,
    key: { userId: string; secret: string; recoveryCode?: string },
  ): { id: string; userId: string; enabled: boolean; recoveryCode: string }
}
