import { protocol } from 'electron'
import { servePage } from './serve-page'

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ])
}

export const serveApp = (folder: string): void => servePage(protocol, folder)
