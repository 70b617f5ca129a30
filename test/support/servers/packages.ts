import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Unpacked, not installed: an installed server would start as a daemon, and needs root. Those of one set are fetched together. */
const sets = {
  servers: ['haproxy', 'apache2-bin', 'lighttpd', 'lighttpd-mod-openssl', 'stunnel4', 'gnutls-bin', 'caddy', 'squid'],
  /** Only what runs for hours needs these. */
  mitmproxy: ['mitmproxy'],
  chromium: ['chromium-headless-shell'],
  /** The whole browser, which reads policies and shows client certificates. */
  chromiumWithWindow: ['chromium'],
  notifications: ['dunst'],
  /** Without one, no window of the virtual screen is minimised or has the focus. */
  windows: ['openbox'],
  /** Moves the pointer of the virtual screen, and presses its buttons. */
  pointer: ['xdotool'],
  /** A Wayland session in a window of the virtual screen. */
  wayland: ['weston', 'wl-clipboard', 'xdotool'],
}
type PackageSet = keyof typeof sets

const cache = join(process.cwd(), 'node_modules', '.cache', 'latchkey', 'servers')

export interface Program {
  command: string
  /** With the libraries that were unpacked beside it. */
  env: NodeJS.ProcessEnv
  /** Where the packages are unpacked, as if it were `/`. */
  root: string
}

const unpacked = new Map<PackageSet, Promise<string>>()

/** A program of one of the packages, by its path in them, such as `usr/sbin/haproxy`. */
export async function programOf(path: string, set: PackageSet = 'servers'): Promise<Program> {
  const unpacking = unpacked.get(set) ?? unpack(sets[set])
  unpacked.set(set, unpacking)
  const root = await unpacking
  const libraries = await librariesIn(root)
  return { command: join(root, path), root, env: { ...process.env, LD_LIBRARY_PATH: libraries.join(delimiter) } }
}

async function unpack(packages: string[]): Promise<string> {
  const root = join(cache, createHash('sha256').update(packages.join(' ')).digest('hex').slice(0, 16))
  if (existsSync(root)) return root
  await mkdir(cache, { recursive: true })
  const making = await mkdtemp(join(cache, 'making-'))
  try {
    const files = join(making, 'files')
    await mkdir(files)
    await download(files, packages)
    const tree = join(making, 'tree')
    for (const file of await readdir(files)) await execute('dpkg', ['-x', join(files, file), tree])
    // Another run may have been faster; both have made the same.
    await rename(tree, root).catch((error: unknown) => {
      if (!existsSync(root)) throw error
    })
    return root
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

async function download(folder: string, packages: string[]): Promise<void> {
  try {
    await downloadNow(folder, packages)
  } catch {
    // Lists of packages that are missing or too old name files that are gone.
    await execute('apt-get', ['update', '-qq'])
    await downloadNow(folder, packages)
  }
}

/** With everything that they need and that is not installed here, as apt itself sees it. */
async function downloadNow(folder: string, packages: string[]): Promise<void> {
  const simulated = await execute('apt-get', ['install', '-s', '-y', '--no-install-recommends', ...packages])
  const missing = [...simulated.stdout.matchAll(/^Inst (\S+)/gmu)].map(([, name = '']) => name)
  const wanted = new Set([...packages, ...missing.filter((name) => !name.endsWith('-dev'))])
  await execute('apt-get', ['download', '-qq', ...wanted], { cwd: folder })
}

/** `usr/lib/x86_64-linux-gnu`, or whatever this computer calls it. */
async function librariesIn(root: string): Promise<string[]> {
  const places = [join(root, 'usr', 'lib'), join(root, 'lib')].filter((place) => existsSync(place))
  const found = await Promise.all(
    places.map(async (place) => {
      const names = (await readdir(place)).filter((name) => name.endsWith('-linux-gnu'))
      return [place, ...names.map((name) => join(place, name))]
    }),
  )
  return found.flat()
}
