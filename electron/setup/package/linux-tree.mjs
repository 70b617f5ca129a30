import {
  chmodSync,
  copyFileSync,
  cpSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { inRoot } from '../paths.mjs'
import { run } from '../run.mjs'
import { stop } from '../say.mjs'

/**
 * @typedef {object} PackageFacts
 * @property {string} version Of the package, with its suffix.
 * @property {number} epoch In seconds (SOURCE_DATE_EPOCH); no file is newer.
 * @property {string} unpacked The folder that electron-builder made.
 * @property {string} output Where the package goes.
 */

/** Where the app lies: /opt/PROVIDER or /opt/PACKAGE is for software that the distribution does not provide (FHS 3.0 §3.13). */
const appFolder = 'opt/Latchkey'

/** Where each family of distributions looks for completions of packages in zsh. */
const zshFolders = { deb: 'usr/share/zsh/vendor-completions', rpm: 'usr/share/zsh/site-functions' }

/**
 * Lays out everything that a Linux package installs, with the modes and times that it gets.
 *
 * @param {PackageFacts} facts
 * @param {'deb' | 'rpm'} kind
 * @returns {string} The folder that stands for /.
 */
export function stageLinuxTree({ version, epoch, unpacked, output }, kind) {
  const tree = join(output, `${kind}-tree`)
  rmSync(tree, { recursive: true, force: true })
  /** @param {string} path */
  const at = (path) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    return join(tree, path)
  }
  /**
   * @param {string} path
   * @param {string | Buffer} content
   */
  const write = (path, content) => writeFileSync(at(path), content)
  /** @param {string} name */
  const source = (name) => inRoot('electron', 'build', 'linux', name)

  cpSync(unpacked, at(appFolder), { recursive: true, verbatimSymlinks: true })
  // Whose it is: what a package manager installed does not update itself (`main/updates/channel.ts`).
  write(`${appFolder}/resources/package-type`, `${kind}\n`)
  symlinkSync(`/${appFolder}/resources/bin/latchkey`, at('usr/bin/latchkey'))

  copyFileSync(source('latchkey.desktop'), at('usr/share/applications/latchkey.desktop'))
  copyFileSync(source('latchkey-mime.xml'), at('usr/share/mime/packages/latchkey.xml'))
  write('usr/share/metainfo/app.latchkey.desktop.metainfo.xml', metainfo(source, version, epoch))
  for (const file of readdirSync(inRoot('electron', 'build', 'icons'))) {
    const size = file.replace(/\.png$/u, '')
    copyFileSync(inRoot('electron', 'build', 'icons', file), at(`usr/share/icons/hicolor/${size}/apps/latchkey.png`))
  }
  copyFileSync(inRoot('electron', 'build', 'icon.svg'), at('usr/share/icons/hicolor/scalable/apps/latchkey.svg'))

  write('usr/share/man/man1/latchkey.1.gz', compressed(printed(['manual'])))
  write('usr/share/bash-completion/completions/latchkey', printed(['completion', 'bash']))
  write(`${zshFolders[kind]}/_latchkey`, printed(['completion', 'zsh']))
  write('usr/share/fish/vendor_completions.d/latchkey.fish', printed(['completion', 'fish']))

  write('usr/share/doc/latchkey/copyright', copyright())
  write('usr/share/doc/latchkey/changelog.gz', compressed(readFileSync(inRoot('CHANGELOG.md'), 'utf8')))
  symlinkSync(`/${appFolder}/resources/LICENSES.third-party.txt`, at('usr/share/doc/latchkey/LICENSES.third-party.txt'))
  symlinkSync(`/${appFolder}/resources/sbom.cdx.json`, at('usr/share/doc/latchkey/sbom.cdx.json'))

  settle(tree, epoch)
  // Chromium's sandbox for kernels that give no namespaces to users. Packages install it owned by root.
  chmodSync(join(tree, appFolder, 'chrome-sandbox'), 0o4755)
  return tree
}

/**
 * What the CLI of this clone prints, the same code as in the package.
 *
 * @param {string[]} args
 */
function printed(args) {
  const { code, output } = run(process.execPath, [inRoot('out', 'cli', 'latchkey.cjs'), ...args], { quiet: true })
  if (code !== 0) stop(`latchkey ${args.join(' ')} failed.\n${output.trim()}`, 'npm run check')
  return output
}

/** @param {string} text Without a name and a time, as `gzip -n` leaves them out. */
const compressed = (text) => gzipSync(text, { level: 9 })

/**
 * @param {(name: string) => string} source
 * @param {string} version
 * @param {number} epoch
 */
const metainfo = (source, version, epoch) =>
  readFileSync(source('app.latchkey.desktop.metainfo.xml'), 'utf8')
    .replace('@VERSION@', version)
    .replace('@DATE@', new Date(epoch * 1000).toISOString().slice(0, 10))

/** As Debian's policy asks for it (§12.5). */
const copyright = () => `Latchkey

${readFileSync(inRoot('LICENSE'), 'utf8').trim()}

Everything else in this package, under licences of its own:
Electron and Chromium   /${appFolder}/LICENSE.electron.txt, /${appFolder}/LICENSES.chromium.html
Node.js                 /${appFolder}/resources/bin/LICENSE.node
libraries               /usr/share/doc/latchkey/LICENSES.third-party.txt
as a list (CycloneDX)   /usr/share/doc/latchkey/sbom.cdx.json
`

/**
 * Gives every file the mode that its execute bit asks for, whatever the umask was, and one time.
 *
 * @param {string} path
 * @param {number} epoch
 */
function settle(path, epoch) {
  const status = lstatSync(path)
  if (status.isDirectory()) for (const name of readdirSync(path)) settle(join(path, name), epoch)
  if (!status.isSymbolicLink()) chmodSync(path, status.isDirectory() || (status.mode & 0o100) !== 0 ? 0o755 : 0o644)
  lutimesSync(path, epoch, epoch)
}
