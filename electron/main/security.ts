import { app, type Session, session, shell, type WebContents } from 'electron'
import type { HelpLink } from '#shared/model/app'

const helpLinks: Record<HelpLink, string> = {
  'access-mtls':
    'https://developers.cloudflare.com/cloudflare-one/identity/devices/access-integrations/mutual-tls-authentication/',
}

/** Nothing on our page needs a permission, another window, a frame or a navigation. */
export function setupSecurity(): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
  denyPermissions(session.defaultSession)
  // Nothing here is spell-checked, and a dictionary would be downloaded.
  session.defaultSession.setSpellCheckerEnabled(false)
}

export function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
}

function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export async function openHelp(link: HelpLink): Promise<void> {
  await shell.openExternal(helpLinks[link])
}

/** The person's own mail program with the message ready; nothing is sent by us. */
export async function openMail(subject: string, body: string): Promise<void> {
  await shell.openExternal(`mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`)
}
