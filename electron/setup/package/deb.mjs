import { chmodSync, copyFileSync, lutimesSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'
import { run } from '../run.mjs'
import { stop } from '../say.mjs'
import { stageLinuxTree } from './linux-tree.mjs'

/** The names of Debian 12 and newer and of Ubuntu 22.04 and newer, which renamed some for 64-bit time. */
const depends = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libatomic1',
  'libnss3',
  'libnss3-tools',
  'libnotify4',
  'libsecret-1-0',
  'libgbm1',
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libdrm2',
  'libxss1',
  'libxtst6',
  'xdg-utils',
]

/** Debian's names of Node's architectures. */
const architectures = { x64: 'amd64', arm64: 'arm64' }

/**
 * Makes the package for Debian and Ubuntu from electron-builder's folder. The same input gives the same bytes.
 *
 * @param {import('./linux-tree.mjs').PackageFacts} facts
 * @returns {string} The package.
 */
export function makeDeb(facts) {
  const tree = stageLinuxTree(facts, 'deb')
  const arch = architectures[/** @type {'x64' | 'arm64'} */ (process.arch)]
  const control = join(tree, 'DEBIAN')
  mkdirSync(control, { mode: 0o755 })
  writeFileSync(join(control, 'control'), controlOf(facts.version, arch, kilobytesOf(tree)))
  copyFileSync(inRoot('electron', 'build', 'linux', 'postrm'), join(control, 'postrm'))
  chmodSync(join(control, 'postrm'), 0o755)
  for (const name of ['control', 'postrm', '.']) lutimesSync(join(control, name), facts.epoch, facts.epoch)
  lutimesSync(tree, facts.epoch, facts.epoch)

  const file = join(facts.output, `latchkey_${facts.version}_${arch}.deb`)
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(facts.epoch) }
  // Debian 12 and Ubuntu 22.04 are the first to read zstd, which packs in a tenth of the time of xz.
  const build = ['--root-owner-group', '-Zzstd', '-z12', '--build', tree, file]
  const { code, output } = run('dpkg-deb', build, { quiet: true, env })
  if (code !== 0) stop(`dpkg-deb failed.\n${output.trim()}`, 'Free 1 GB of disk space.')
  rmSync(tree, { recursive: true, force: true })
  return file
}

/**
 * @param {string} version
 * @param {string} arch
 * @param {number} kilobytes
 */
const controlOf = (version, arch, kilobytes) => `Package: latchkey
Version: ${version}
Architecture: ${arch}
Maintainer: Latchkey maintainers <maintainers@latchkey.invalid>
Installed-Size: ${kilobytes}
Depends: ${depends.join(', ')}
Recommends: gnome-keyring | kwalletmanager | keepassxc
Section: utils
Priority: optional
Description: Client certificates for Cloudflare Access
 Latchkey makes a key and a request, installs the certificate where your
 browsers look for it, and tests the connection. It contains a desktop app
 and the command latchkey.
`

/** @param {string} tree */
function kilobytesOf(tree) {
  const { output } = run('du', ['-sk', '--apparent-size', tree], { quiet: true })
  return Number(/^\d+/u.exec(output)?.[0] ?? 0)
}
