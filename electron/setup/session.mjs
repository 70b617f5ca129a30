import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { runShown } from './run.mjs'
import { stop } from './say.mjs'

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Unlocks a new keyring with a fixed password, then replaces itself with the command. */
const keyringScript = 'printf "session" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'

/**
 * Runs a command in a private session: a HOME that is removed afterwards, a virtual display, a message bus and an unlocked
 * keyring. The user's own files and keyring are not accessed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, timeoutMs?: number, shows?: import('./run.mjs').Shows }} options
 */
export async function inPrivateSession(
  command,
  args,
  { env = {}, timeoutMs = 1_800_000, shows = isWorthShowing } = {},
) {
  const home = mkdtempSync(join(tmpdir(), 'latchkey-home-'))
  const ownData = { LATCHKEY_HOME: join(home, 'latchkey'), ...env }
  const removeHome = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  if (process.platform !== 'linux') {
    const done = await runShown(command, args, { env: { ...process.env, ...ownData }, timeoutMs })
    removeHome()
    return done
  }
  // Read by main/throw-away-home.ts. It allows the app to run unattended, because this HOME holds no certificates of a user.
  writeFileSync(join(home, '.latchkey-throw-away-home'), realpathSync(home))
  const screen = await virtualDisplay()
  const tidy = () => {
    screen.end()
    removeHome()
  }
  // Also if this process is interrupted.
  process.once('exit', tidy)
  const own = { ...privateEnvironment(home), DISPLAY: screen.display, ...ownData }
  const session = ['--', 'sh', '-c', keyringScript, 'sh', command, ...args]
  const done = await runShown('dbus-run-session', session, { env: own, timeoutMs, shows })
  process.off('exit', tidy)
  tidy()
  return done
}

/** @param {string} home */
function privateEnvironment(home) {
  const runtime = join(home, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  const { WAYLAND_DISPLAY, DBUS_SESSION_BUS_ADDRESS, ...others } = process.env
  return {
    ...others,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    npm_config_cache: process.env.npm_config_cache ?? join(homedir(), '.npm'),
    NO_AT_BRIDGE: '1',
  }
}

/** Lines that dbus and Chromium print in every such session, whatever the app does. */
const noise =
  /dbus-daemon\[|\[session uid=|org\.freedesktop\.DBus|:(ERROR|WARNING|INFO):|libva error|MESA-LOADER|G[td]k-WARNING|----- Certificate i=|^ERROR: No matching issuer/u

/** @param {string} line */
export const isWorthShowing = (line) => !noise.test(line)

/**
 * Starts Xvfb, which chooses a free display and writes its number to file descriptor 3 once it is ready.
 *
 * @returns {Promise<{ display: string, end: () => void }>}
 */
function virtualDisplay() {
  return new Promise((resolve) => {
    const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp']
    const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
    const failed = () => stop('The virtual display could not be started.', 'apt-get install xvfb')
    child.once('error', failed)
    child.once('exit', failed)
    child.stdio[3]?.once('data', (number) => {
      child.off('exit', failed)
      resolve({ display: `:${String(number).trim()}`, end: () => child.kill() })
    })
  })
}
