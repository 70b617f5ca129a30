import { CommandMissing, type Run } from '#electron/platform/run'

const watcher = 'org.kde.StatusNotifierWatcher'
const path = '/StatusNotifierWatcher'
const property = 'IsStatusNotifierHostRegistered'

/** Programs that ask the session's message bus for a property; one of them is on every desktop. */
const questions: readonly (readonly [string, ...string[]])[] = [
  [
    'gdbus',
    ...['call', '--session', '--dest', watcher, '--object-path', path],
    ...['--method', 'org.freedesktop.DBus.Properties.Get', watcher, property],
  ],
  [
    'dbus-send',
    ...['--session', '--print-reply=literal', `--dest=${watcher}`, path],
    ...['org.freedesktop.DBus.Properties.Get', `string:${watcher}`, `string:${property}`],
  ],
  ['busctl', '--user', 'get-property', watcher, path, watcher, property],
]

/** `unknown`: nothing here can ask the session, and nothing will be able to a moment later. */
export type TrayHost = 'there' | 'absent' | 'unknown'

/**
 * Whether somebody shows the icons of programs: always on macOS and Windows; on Linux where a host is registered (freedesktop.org,
 * "StatusNotifierItem"). GNOME, for example, has none of its own.
 */
export async function findTrayHost({ platform, run }: { platform: NodeJS.Platform; run: Run }): Promise<TrayHost> {
  if (platform === 'darwin' || platform === 'win32') return 'there'
  for (const [program, ...args] of questions) {
    try {
      const { exitCode, stdout } = await run(program, args, { timeoutMs: 5000 })
      return exitCode === 0 && /\btrue\b/u.test(stdout) ? 'there' : 'absent'
    } catch (error) {
      if (!(error instanceof CommandMissing)) return 'absent'
    }
  }
  return 'unknown'
}
