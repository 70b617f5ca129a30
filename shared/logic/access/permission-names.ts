/** What a token needs to read, by the names that the dashboard has for them. */
export const permissions = {
  certificates: 'Access: Mutual TLS Certificates Read',
  applications: 'Access: Apps and Policies Read',
  organization: 'Access: Organizations, Identity Providers, and Groups Read',
  serviceTokens: 'Access: Service Tokens Read',
  zones: 'Zone Read',
} as const

/** Without the first two nothing is read; the others show more. */
export const readPermissionNames = Object.values(permissions).map((name, index) => ({ name, isNeeded: index < 2 }))
