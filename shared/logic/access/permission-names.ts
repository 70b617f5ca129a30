/** What a token needs to read, by the names that the dashboard has for them. */
export const permissions = {
  certificates: 'Access: Mutual TLS Certificates Read',
  applications: 'Access: Apps and Policies Read',
  organization: 'Access: Organizations, Identity Providers, and Groups Read',
  serviceTokens: 'Access: Service Tokens Read',
  zones: 'Zone Read',
  notifications: 'Notifications Read',
} as const

/** What a token needs to write at a path of the API, by the same names. */
export function writePermissionFor(path: string): string {
  if (path.includes('/alerting/')) return 'Notifications Write'
  if (path.includes('/access/certificates')) return 'Access: Mutual TLS Certificates Write'
  if (path.includes('/access/groups')) return 'Access: Organizations, Identity Providers, and Groups Write'
  return 'Access: Apps and Policies Write'
}

/** Without the first two nothing is read; the others show more. */
export const readPermissionNames = Object.values(permissions).map((name, index) => ({ name, isNeeded: index < 2 }))
