import { readEnvironment, type Variables } from '#electron/platform/environment'

/** The app's own origin. A privileged scheme instead of file://, so that the page has no reach into the disk. */
export const ownOrigin = { protocol: 'app:', host: 'latchkey' } as const
const startPage = `${ownOrigin.protocol}//${ownOrigin.host}/index.html`

/**
 * Where the page comes from: while developing, a server on this computer, so that the window reloads as sources change. In a
 * package that variable is gone (`inherited-settings.ts`).
 */
export function pageAddress(variables?: Variables): URL {
  const { pageServer } = readEnvironment(variables)
  const developing = pageServer === null ? null : new URL(pageServer)
  return developing !== null && ['localhost', '127.0.0.1'].includes(developing.hostname)
    ? developing
    : new URL(startPage)
}
