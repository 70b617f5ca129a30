import type { AreaName, Areas } from '#shared/model/areas'
import type { ActionId } from '#shared/model/window-command'
import { isShown } from './areas'

export interface AppAction {
  label: string
  /** What else people call it, or come for: the palette finds it by these as well. */
  words: string
  /** As Electron writes it: https://www.electronjs.org/docs/latest/api/accelerator */
  shortcut?: string
  /** Where a Mac has another one. */
  macShortcut?: string
  /** Left out where this part of the app is not shown. */
  area?: AreaName
}

/** Everything that can be done from anywhere. The menu and the palette both read this table. */
export const appActions: Readonly<Record<ActionId, AppAction>> = {
  new: {
    label: 'New certificate…',
    words: 'csr request key private generate keygen create get renew identity client mtls mutual tls pkcs10',
    shortcut: 'CmdOrCtrl+N',
  },
  open: {
    label: 'Open…',
    words: 'file import add certificate p12 pfx pem crt cer der p7b pkcs12 key load browse',
    shortcut: 'CmdOrCtrl+O',
  },
  look: {
    label: 'Look inside a file…',
    words: 'inspect view certificate decode parse show asn1 pem der csr crl p12 pfx openssl',
    shortcut: 'CmdOrCtrl+Shift+O',
  },
  convert: {
    label: 'Convert files…',
    words: 'change format transform pem der pkcs7 p7b pkcs8 openssl',
  },
  export: {
    label: 'Export…',
    words: 'save p12 pfx pem curl postman node python java nginx convert pkcs12 keystore jks copy backup',
    shortcut: 'CmdOrCtrl+E',
  },
  backup: {
    label: 'Backup and restore',
    words: 'back up save recover copy export import move new computer migrate archive',
  },
  renew: {
    label: 'Renew…',
    words: 'replace extend expire expired expires expiring expiry rekey reissue again csr certificate',
  },
  'check-site': {
    label: 'Check a site',
    words:
      'address url refused refuses locked out forbidden 403 denied blocked error which certificate need diagnose why problem fix',
  },
  'add-site': {
    label: 'Add a site…',
    words: 'new host hostname url address create',
  },
  lock: {
    label: 'Lock keys now',
    words: 'vault keyring secure log out logout sign-out',
    shortcut: 'CmdOrCtrl+Shift+L',
  },
  find: { label: 'Find', words: 'search filter list', shortcut: 'CmdOrCtrl+F' },
  palette: { label: 'Search everything…', words: 'palette commands actions', shortcut: 'CmdOrCtrl+K' },
  certificates: {
    label: 'Go to Certificates',
    words:
      'identities keys list show install browser chrome firefox edge keychain windows store trust chain fingerprint serial delete remove rename tag note calendar',
    shortcut: 'CmdOrCtrl+1',
  },
  connections: {
    label: 'Go to Sites',
    words: 'connections hosts test address url report handshake tls ssl proxy',
    shortcut: 'CmdOrCtrl+2',
  },
  authorities: {
    label: 'Go to Issuers',
    words: 'ca certificate authority authorities root intermediate crl revocation chain',
    shortcut: 'CmdOrCtrl+3',
    area: 'issuers',
  },
  access: {
    label: 'Go to Access',
    words:
      'cloudflare zero trust policy policies applications hostnames who gets in plan drift api token account connect',
    shortcut: 'CmdOrCtrl+4',
    area: 'access',
  },
  practice: { label: 'Practice', words: 'try lab learn demo example tutorial help', area: 'practice' },
  activity: { label: 'Go to Activity', words: 'history journal audit events past', shortcut: 'CmdOrCtrl+5' },
  settings: {
    label: 'Go to Settings',
    words:
      'preferences options config configuration recovery change passphrase password stores browsers lock autostart start at login startup background tray notifications warnings update updates upgrade release',
    shortcut: 'CmdOrCtrl+6',
  },
  'test-all': {
    label: 'Test all sites',
    words: 'check every each again run tests',
  },
  issue: {
    label: 'Issue a certificate',
    words:
      'sign csr request approve ca template templates several batch bulk csv key code compare unlock keep issuer unlocked minutes',
    area: 'issuers',
  },
  issued: {
    label: 'Go to issued certificates',
    words: 'revoke revoked revocation crl renew list signed withdraw',
    area: 'issuers',
  },
  'issuer-set-up': {
    label: 'Set up an issuer in three steps',
    words: 'ca create setup root intermediate chain access',
    area: 'issuers',
  },
  'new-root': { label: 'Create a root issuer', words: 'ca new self-signed authority', area: 'issuers' },
  'import-issuer': {
    label: 'Import an existing CA',
    words: 'issuer authority root intermediate key p12 pfx',
    area: 'issuers',
  },
  'connect-signer': { label: 'Connect a cfssl signer', words: 'ca issuer remote server', area: 'issuers' },
  'setup-file': {
    label: 'Make a set-up file…',
    words: 'setup latchkey link onboard people users employees invite send sites request prefill administrator',
    area: 'issuers',
  },
  'who-gets-in': {
    label: 'Explain who gets in',
    words: 'access cloudflare allowed allow policy rule user person why denied',
    area: 'access',
  },
  protect: {
    label: 'Protect a site in Access…',
    words: 'cloudflare mtls secure require certificate application hostname policy service auth new add',
    area: 'access',
  },
  block: {
    label: 'Block certificates in Access…',
    words: 'cloudflare revoke deny stop lost stolen laptop leaver ban now',
    area: 'access',
  },
  'roll-over': {
    label: 'Roll a CA over in Access',
    words: 'cloudflare rollover rotate rotation replace renew ca certificate authority hostnames retire',
    area: 'access',
  },
  'expiry-alert': {
    label: 'Add an expiry alert in Access',
    words: 'cloudflare notification warn email mail expires ca',
    area: 'access',
  },
  light: { label: 'Use the light appearance', words: 'theme mode bright colour color' },
  dark: { label: 'Use the dark appearance', words: 'theme mode night black colour color' },
  system: { label: 'Use the system’s appearance', words: 'theme mode auto light dark colour color' },
  about: { label: 'About Latchkey', words: 'version release electron chromium' },
  walkthrough: { label: 'Open Cloudflare’s walkthrough', words: 'help guide access mtls documentation docs' },
  diagnostics: { label: 'Copy diagnostic report', words: 'diagnostics bug support problem help versions debug' },
  log: { label: 'Show log', words: 'logs errors debug trace folder file' },
  'command-tool': {
    label: 'Install command-line tool…',
    words: 'terminal shell path cli latchkey usr local bin link remove uninstall',
  },
  licences: { label: 'Licences', words: 'licenses license open source third party notices copyright legal' },
  'zoom-in': {
    label: 'Zoom in',
    words: 'bigger larger magnify text font size scale view',
    shortcut: 'CmdOrCtrl+Plus',
  },
  'zoom-out': { label: 'Zoom out', words: 'smaller text font size scale view', shortcut: 'CmdOrCtrl+-' },
  'zoom-reset': {
    label: 'Actual size',
    words: 'zoom 100 % reset normal default text font scale view',
    shortcut: 'CmdOrCtrl+0',
  },
  'full-screen': {
    label: 'Full screen',
    words: 'fullscreen maximise maximize window view',
    shortcut: 'F11',
    macShortcut: 'Control+Command+F',
  },
  quit: { label: 'Quit Latchkey', words: 'exit close end leave stop app program', shortcut: 'CmdOrCtrl+Q' },
}

/** Whether it belongs to a part of the app that is shown. */
export function isActionShown(id: ActionId, areas: Areas): boolean {
  const { area } = appActions[id]
  return area === undefined || isShown(area, areas)
}

/** The action that shows a part of the app that is not shown yet: found by the words of everything in it. */
export function hiddenAreas(areas: Areas): { id: ActionId; label: string; words: string }[] {
  const doors = [
    { id: 'authorities', area: 'issuers', label: 'Show Issuers' },
    { id: 'access', area: 'access', label: 'Show Access' },
  ] as const
  return doors
    .filter(({ area }) => !isShown(area, areas) && !areas[area].isHidden)
    .map(({ id, area, label }) => {
      const inside = Object.values(appActions).filter((action) => action.area === area)
      return { id, label, words: inside.map((action) => `${action.label} ${action.words}`).join(' ') }
    })
}

/** As this system has it. */
export function shortcutOf(id: ActionId, isMac: boolean): string | undefined {
  const { shortcut, macShortcut } = appActions[id]
  return isMac ? (macShortcut ?? shortcut) : shortcut
}

/** "⇧ ⌘ L" on a Mac, "Ctrl Shift L" elsewhere. */
export function shortcutWords(shortcut: string, isMac: boolean): string {
  const keys = shortcut.split('+').map((key) => (key === 'Plus' ? '+' : key))
  if (!isMac) return keys.map((key) => (key === 'CmdOrCtrl' ? 'Ctrl' : key)).join(' ')
  // Apple's order: Control and Shift before Command, the key last.
  const order = ['Control', 'Shift', 'CmdOrCtrl', 'Command']
  const signs = new Map([
    ['Control', '⌃'],
    ['Shift', '⇧'],
    ['CmdOrCtrl', '⌘'],
    ['Command', '⌘'],
  ])
  const held = order.filter((key) => keys.includes(key))
  return [...held, ...keys.filter((key) => !order.includes(key))].map((key) => signs.get(key) ?? key).join(' ')
}
