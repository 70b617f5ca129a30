/** What a child needs to find its libraries, its user's folders and the session's services. Everything else stays here. */
const allowed = new Set([
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
const allowedPrefixes = ['LC_', 'XDG_']

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
  parent: NodeJS.ProcessEnv,
  extra: Record<string, string> = {},
): Record<string, string> {
  const environment: Record<string, string> = {}
  for (const [name, value] of Object.entries(parent)) {
    if (value !== undefined && isAllowed(name.toUpperCase())) environment[name] = value
  }
  for (const [name, value] of Object.entries(extra)) {
    if (!forbidden.has(name.toUpperCase())) environment[name] = value
  }
  return { ...environment, LC_ALL: 'C' }
}

function isAllowed(name: string): boolean {
  return allowed.has(name) || allowedPrefixes.some((prefix) => name.startsWith(prefix))
}
