import { app, type Session, session, shell, type WebContents } from 'electron'
import type { HelpLink } from '#shared/model/app'
import { ownOrigin, pageAddress } from './page-address'

const helpLinks: Record<HelpLink, string> = {
  'access-mtls':
    'https://developers.cloudflare.com/cloudflare-one/identity/devices/access-integrations/mutual-tls-authentication/',
  'cloudflare-tokens': 'https://dash.cloudflare.com/profile/api-tokens',
}

/**
 * Before the app is ready: no page has names looked up that it merely mentions. `<link rel="dns-prefetch">` is covered
 * neither by a policy (CSP) nor by a proxy; Blink's own setting is.
 */
export function forbidDnsPrefetch(): void {
  app.commandLine.appendSwitch('blink-settings', 'dnsPrefetchingEnabled=false')
}

/** Nothing on our page needs a permission, another window, a frame, a navigation or the network. */
export function setupSecurity(): void {
  app.on('web-contents-created', (_event, contents) => lockDown(contents))
  denyPermissions(session.defaultSession)
  void cutOff(session.defaultSession)
  forbidSpellChecker(session.defaultSession)
}

/**
 * Nothing here is spell-checked, and a dictionary would be downloaded from a server of Google's, through the proxy of the session.
 * Switched off alone, it still is for a session other than the first (measured on 25): a session without languages needs none.
 */
export function forbidSpellChecker(target: Session): void {
  target.setSpellCheckerEnabled(false)
  target.setSpellCheckerLanguages([])
}

export function denyPermissions(target: Session): void {
  target.setPermissionRequestHandler((_contents, _permission, callback) => callback(false))
  target.setPermissionCheckHandler(() => false)
  target.setDevicePermissionHandler(() => false)
}

/**
 * A proxy on the discard port for everything, loopback included: what the page's policy (CSP) does not cover ends there. Such
 * is WebRTC, for which Chromium has no directive. Pages of visits have sessions of their own.
 */
function cutOff(target: Session): Promise<void> {
  // While developing, the page itself comes from a server on loopback.
  const proxyBypassRules = pageAddress().protocol === ownOrigin.protocol ? '<-loopback>' : ''
  return target.setProxy({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules })
}

function lockDown(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  // No UDP, and TCP only through the proxy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
}

export async function openHelp(link: HelpLink): Promise<void> {
  await shell.openExternal(helpLinks[link])
}

/** The address of a site in the list, which is always https. */
export async function openSite(address: string): Promise<void> {
  if (!address.startsWith('https://')) throw new Error('Not the address of a site.')
  await shell.openExternal(address)
}

/** The person's own mail program with the message ready; nothing is sent by us. */
export async function openMail(subject: string, body: string, to: string | null = null): Promise<void> {
  // The sign in an address stands for itself (RFC 6068, section 2).
  const address = encodeURIComponent(to ?? '').replace('%40', '@')
  await shell.openExternal(`mailto:${address}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`)
}
