import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { programOf } from './servers/packages'

const execute = promisify(execFile)

export interface WaylandSession {
  /** What an app is started with in this session: no X server is within its reach. */
  environment: Record<string, string>
  /** Titles of the windows that can be seen, the one in front first. */
  windows(): Promise<string[]>
  /** What is on the clipboard, as another program of the session gets it. */
  clipboard(): Promise<string>
  /** Presses keys as `xdotool` names them, or types a text. */
  press(key: string): Promise<void>
  type(text: string): Promise<void>
  end(): void
}

const [width, height] = [1500, 900]

/** Where Debian has weston's parts, which its program would look for below `/usr`. */
const modules: Record<string, string> = {
  'x11-backend.so': 'libweston-10/x11-backend.so',
  'desktop-shell.so': 'weston/desktop-shell.so',
  'weston-desktop-shell': 'weston-desktop-shell',
  'weston-keyboard': 'weston-keyboard',
}

/**
 * Debian's weston as a window of the session's own screen, which so gives it a keyboard and a pointer. Resolves once programs can
 * reach it.
 */
export async function startWayland(home: string): Promise<WaylandSession> {
  const { command, root, env } = await programOf('usr/bin/weston', 'wayland')
  const libraries = join(root, 'usr', 'lib', 'x86_64-linux-gnu')
  const folder = mkdtempSync(join(home, 'wayland-'))
  const socket = join(folder, 'wayland-0')
  const own = {
    ...env,
    // A library of its own lies in a folder that its programs name by an absolute path.
    LD_LIBRARY_PATH: [env['LD_LIBRARY_PATH'], join(libraries, 'weston')].join(delimiter),
    XDG_RUNTIME_DIR: folder,
    WESTON_DATA_DIR: join(root, 'usr', 'share', 'weston'),
    WESTON_MODULE_MAP: Object.entries(modules)
      .map(([name, path]) => `${name}=${join(libraries, path)}`)
      .join(';'),
  }
  writeFileSync(join(folder, 'weston.ini'), '[core]\nidle-time=0\n[shell]\nlocking=false\nanimation=none\n')
  const compositor = spawn(
    command,
    [
      '--backend=x11-backend.so',
      '--use-pixman',
      `--width=${width}`,
      `--height=${height}`,
      '--socket=wayland-0',
      '--debug',
      `--config=${join(folder, 'weston.ini')}`,
      `--log=${join(folder, 'log')}`,
    ],
    { env: own, stdio: 'ignore' },
  )
  await new Promise<void>((resolve, reject) => {
    compositor.once('error', reject)
    compositor.once('exit', (code) => reject(new Error(`weston ended with ${code}: ${logIn(folder)}`)))
    const look = setInterval(() => {
      if (!existsSync(socket)) return
      clearInterval(look)
      resolve()
    }, 50)
  })
  const client = { ...own, WAYLAND_DISPLAY: socket }
  const program = async (name: string, ...args: string[]) =>
    (await execute(join(root, 'usr', 'bin', name), args, { env: client })).stdout
  // The keys of the screen go to the window below the pointer.
  const onScreen = (...args: string[]) => program('xdotool', ...args)
  await onScreen('mousemove', String(width / 2), String(height / 2))

  return {
    environment: { WAYLAND_DISPLAY: socket, DISPLAY: '' },
    windows: async () => windowsIn(await program('weston-debug', 'scene-graph')),
    clipboard: () => program('wl-paste', '--no-newline'),
    async press(key) {
      await onScreen('key', key)
    },
    async type(text) {
      await onScreen('type', '--delay', '20', text)
    },
    end: () => compositor.kill(),
  }
}

const logIn = (folder: string): string => {
  const log = join(folder, 'log')
  return existsSync(log) ? readFileSync(log, 'utf8').slice(-500) : 'no log'
}

/** In weston's own words, of each view that it shows: `top-level window 'Latchkey' of Latchkey`. */
const windowsIn = (scene: string) => [...scene.matchAll(/top-level window '(.*)' of /gu)].map(([, title = '']) => title)
