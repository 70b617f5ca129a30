import { z } from 'zod'

/**
 * Every environment variable that Latchkey reads, and what it hands to the programs it starts. The only file that touches
 * `process.env`.
 */

export type Variables = Readonly<Record<string, string | undefined>>

/** Variables that hold a password, a passphrase or a key, for the CLI alone. */
export type SecretVariable =
  | 'LATCHKEY_PASSPHRASE'
  | 'LATCHKEY_PASSWORD'
  | 'LATCHKEY_NEW_PASSWORD'
  | 'LATCHKEY_CA_PASSPHRASE'
  | 'LATCHKEY_ISSUER_PASSPHRASE'
  | 'LATCHKEY_CFSSL_KEY'
  | 'LATCHKEY_PROXY_PASSWORD'
  | 'CLOUDFLARE_API_TOKEN'

/** Empty means unset (XDG Base Directory Specification). */
const text = z
  .string()
  .optional()
  .transform((value) => (value === undefined || value === '' ? null : value))

/** A switch that is on for exactly this value. */
const isExactly = (on: string) =>
  z
    .string()
    .optional()
    .transform((value) => value === on)

const Known = z.object({
  APPIMAGE: text,
  APPDIR: text,
  LATCHKEY_HOME: text,
  LATCHKEY_KEYRING: isExactly('none'),
  LATCHKEY_DEVTOOLS: isExactly('1'),
  LATCHKEY_TEST: isExactly('1'),
  LATCHKEY_FAIL_POINT: text,
  LATCHKEY_CLOUDFLARE_API: text,
  LATCHKEY_UPDATE_FEED: text,
  LATCHKEY_UPDATE_KEY: text,
  ELECTRON_RENDERER_URL: text,
  XDG_CONFIG_HOME: text,
  XDG_DATA_HOME: text,
  XDG_RUNTIME_DIR: text,
  LOCALAPPDATA: text,
  https_proxy: text,
  HTTPS_PROXY: text,
  all_proxy: text,
  ALL_PROXY: text,
  no_proxy: text,
  NO_PROXY: text,
})

export interface Environment {
  /** LATCHKEY_HOME: where Latchkey keeps its files. */
  home: string | null
  /**
   * APPIMAGE and APPDIR: the file that an AppImage was started from, and where it is mounted (docs.appimage.org, "Environment
   * variables"). It may be another program's, from which this one was started.
   */
  appImage: { file: string; mount: string } | null
  /** LATCHKEY_KEYRING: "none" for machines without a session, where the passphrase is the only way in. */
  keyring: 'system' | 'none'
  /** LATCHKEY_DEVTOOLS=1: the developer tools can be opened. */
  devTools: boolean
  /** LATCHKEY_FAIL_POINT, but only together with LATCHKEY_TEST=1: where tests end the process (`fail-point.ts`). */
  failPoint: string | null
  /** LATCHKEY_CLOUDFLARE_API, but only together with LATCHKEY_TEST=1: a stand-in for Cloudflare's API, on this computer. */
  cloudflareApi: string | null
  /** LATCHKEY_UPDATE_FEED and LATCHKEY_UPDATE_KEY, but only together with LATCHKEY_TEST=1: a feed of updates on this computer. */
  updateFeed: { url: string; publicKey: string } | null
  /** ELECTRON_RENDERER_URL: while developing, the server that the page comes from. */
  pageServer: string | null
  /** XDG_CONFIG_HOME, XDG_DATA_HOME and XDG_RUNTIME_DIR (XDG Base Directory Specification). */
  configHome: string | null
  dataHome: string | null
  runtimeFolder: string | null
  /** LOCALAPPDATA: the folder of Windows that does not roam. */
  localAppData: string | null
  /** HTTPS_PROXY, ALL_PROXY and NO_PROXY, in lower case first, as curl reads them. */
  proxies: { https: string | null; all: string | null; except: string | null }
}

export function readEnvironment(variables: Variables = process.env): Environment {
  const known = Known.parse({ ...variables })
  return {
    home: known.LATCHKEY_HOME,
    appImage: known.APPIMAGE === null || known.APPDIR === null ? null : { file: known.APPIMAGE, mount: known.APPDIR },
    keyring: known.LATCHKEY_KEYRING ? 'none' : 'system',
    devTools: known.LATCHKEY_DEVTOOLS,
    failPoint: known.LATCHKEY_TEST ? known.LATCHKEY_FAIL_POINT : null,
    cloudflareApi: known.LATCHKEY_TEST ? known.LATCHKEY_CLOUDFLARE_API : null,
    updateFeed: known.LATCHKEY_TEST ? feedIn(known.LATCHKEY_UPDATE_FEED, known.LATCHKEY_UPDATE_KEY) : null,
    pageServer: known.ELECTRON_RENDERER_URL,
    configHome: known.XDG_CONFIG_HOME,
    dataHome: known.XDG_DATA_HOME,
    runtimeFolder: known.XDG_RUNTIME_DIR,
    localAppData: known.LOCALAPPDATA,
    proxies: {
      https: known.https_proxy ?? known.HTTPS_PROXY,
      all: known.all_proxy ?? known.ALL_PROXY,
      except: known.no_proxy ?? known.NO_PROXY,
    },
  }
}

const feedIn = (url: string | null, publicKey: string | null): Environment['updateFeed'] =>
  url === null || publicKey === null ? null : { url, publicKey }

/** Null where it is not set. An empty secret is a secret: it was set so that nothing is asked. */
export const secretIn = (variable: SecretVariable, variables: Variables = process.env): string | null =>
  variables[variable] ?? null

export const variableNames = (): string[] => Object.keys(process.env)

/** For this process and everything that it starts from here on. */
export function forgetVariables(names: readonly string[]): void {
  for (const name of names) delete process.env[name]
}

/** What a child needs to find its libraries, its user's folders and the session's services. Everything else stays here. */
const inherited = new Set([
  'PATH',
  'PATHEXT',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'DBUS_SESSION_BUS_ADDRESS',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'TMPDIR',
  'TMP',
  'TEMP',
  'SYSTEMROOT',
  'WINDIR',
  'SYSTEMDRIVE',
  'COMSPEC',
  'USERPROFILE',
  'APPDATA',
  'LOCALAPPDATA',
  'USERNAME',
  'USERDOMAIN',
  'WINEPREFIX',
  'WINEDEBUG',
])
const inheritedPrefixes = ['LC_', 'XDG_']

/** These change what a program runs or records, so not even an explicit `extra` may set them. */
const forbidden = new Set([
  'NODE_OPTIONS',
  'SSLKEYLOGFILE',
  'LATCHKEY_PASSPHRASE',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
])

/** The environment of a child process: an allow-list of `parent`, then `extra`, with untranslated messages (`LC_ALL=C`). */
export function childEnvironment(
  extra: Readonly<Record<string, string>> = {},
  parent: Variables = process.env,
): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && isInherited(name.toUpperCase())) environment[name] = value
  }
  for (const [name, value] of Object.entries(extra)) {
    if (!forbidden.has(name.toUpperCase())) environment[name] = value
  }
  return { ...environment, LC_ALL: 'C' }
}

function isInherited(name: string): boolean {
  return inherited.has(name) || inheritedPrefixes.some((prefix) => name.startsWith(prefix))
}

/** What to start for this program again: an AppImage is mounted elsewhere each time. `program`: `process.execPath`. */
export const programToStart = ({ appImage }: Pick<Environment, 'appImage'>, program: string): string =>
  appImage !== null && program.startsWith(`${appImage.mount}/`) ? appImage.file : program
