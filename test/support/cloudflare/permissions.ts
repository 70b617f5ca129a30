/** The names of the dashboard, by what they open. Whoever may write may read. */
export const mtls = 'Access: Mutual TLS Certificates'
export const apps = 'Access: Apps and Policies'
export const organizations = 'Access: Organizations, Identity Providers, and Groups'
export const serviceTokens = 'Access: Service Tokens'
export const notifications = 'Notifications'

export const readPermissions = [
  ...[mtls, apps, organizations, serviceTokens, notifications].map((name) => `${name} Read`),
  'Zone Read',
]
export const writePermissions = [mtls, apps, organizations, notifications].map((name) => `${name} Write`)

export const mayRead = (held: ReadonlySet<string>, name: string): boolean =>
  held.has(`${name} Read`) || held.has(`${name} Write`)
export const mayWrite = (held: ReadonlySet<string>, name: string): boolean => held.has(`${name} Write`)
