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
  /** Empty means unset (XDG Base Directory Specification). */
  const text = (name: string) => variables[name] || null
  const isTest = variables['LATCHKEY_TEST'] === '1'
  const forTests = (name: string) => (isTest ? text(name) : null)
  return {
    home: text('LATCHKEY_HOME'),
    appImage: appImageIn(text('APPIMAGE'), text('APPDIR')),
    keyring: variables['LATCHKEY_KEYRING'] === 'none' ? 'none' : 'system',
    devTools: variables['LATCHKEY_DEVTOOLS'] === '1',
    failPoint: forTests('LATCHKEY_FAIL_POINT'),
    cloudflareApi: forTests('LATCHKEY_CLOUDFLARE_API'),
    updateFeed: feedIn(forTests('LATCHKEY_UPDATE_FEED'), forTests('LATCHKEY_UPDATE_KEY')),
    pageServer: text('ELECTRON_RENDERER_URL'),
    configHome: text('XDG_CONFIG_HOME'),
    dataHome: text('XDG_DATA_HOME'),
    runtimeFolder: text('XDG_RUNTIME_DIR'),
    localAppData: text('LOCALAPPDATA'),
    proxies: {
      https: text('https_proxy') ?? text('HTTPS_PROXY'),
      all: text('all_proxy') ?? text('ALL_PROXY'),
      except: text('no_proxy') ?? text('NO_PROXY'),
    },
  }
}

const appImageIn = (file: string | null, mount: string | null): Environment['appImage'] =>
  file === null || mount === null ? null : { file, mount }

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
