import { closeSync, mkdirSync, openSync, readdirSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { run } from '../run.mjs'
import { stop } from '../say.mjs'
import { stageLinuxTree } from './linux-tree.mjs'

/**
 * What is opened at run time, by the names that every distribution's packages provide; tools by the names of Fedora, or of openSUSE.
 * What the programs are linked to is read from them.
 */
const opened = [
  'libgtk-3.so.0()(64bit)',
  'libnss3.so()(64bit)',
  'libsecret-1.so.0()(64bit)',
  'libnotify.so.4()(64bit)',
  'libXss.so.1()(64bit)',
  'libXtst.so.6()(64bit)',
  '(nss-tools or mozilla-nss-tools)',
  'xdg-utils',
]

/** RPM's names of Node's architectures. */
const architectures = { x64: 'x86_64', arm64: 'aarch64' }

/**
 * Makes the package for Fedora, openSUSE and their relatives from electron-builder's folder. The same input gives the same
 * bytes.
 *
 * @param {import('./linux-tree.mjs').PackageFacts} facts
 * @returns {string} The package.
 */
export function makeRpm(facts) {
  const tree = stageLinuxTree(facts, 'rpm')
  const arch = architectures[/** @type {'x64' | 'arm64'} */ (process.arch)]
  const work = join(facts.output, 'rpm-work')
  rmSync(work, { recursive: true, force: true })
  mkdirSync(work)
  const spec = join(work, 'latchkey.spec')
  writeFileSync(spec, specOf(facts.version, tree, { requires: requiredBy(facts.unpacked), paths: pathsIn(tree) }))
  const env = { ...process.env, SOURCE_DATE_EPOCH: String(facts.epoch) }
  const build = ['-bb', '--target', arch, '--define', `_topdir ${work}`, '--buildroot', join(work, 'root'), spec]
  const { code, output } = run('rpmbuild', build, { quiet: true, env })
  if (code !== 0) stop(`rpmbuild failed.\n${output.trim().slice(-3000)}`, 'Free 1 GB of disk space.')
  const name = `latchkey-${facts.version}-1.${arch}.rpm`
  renameSync(join(work, 'RPMS', arch, name), join(facts.output, name))
  for (const folder of [work, tree]) rmSync(folder, { recursive: true, force: true })
  return join(facts.output, name)
}

/**
 * The files alone, since folders such as /usr/bin belong to others; but the whole folder of the app, with all in it.
 *
 * @param {string} tree
 */
function pathsIn(tree) {
  const entries = readdirSync(join(tree, 'usr'), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  const paths = files.map((entry) => join(entry.parentPath, entry.name).slice(tree.length))
  return ['/opt/Latchkey', '%dir /usr/share/doc/latchkey', ...paths.sort()]
}

/**
 * As rpm itself would read it from the files. Left to rpm, what Electron brings along would be required of others, and offered to them.
 *
 * @param {string} unpacked
 */
function requiredBy(unpacked) {
  const entries = readdirSync(unpacked, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const own = new Set(files.map((path) => basename(path)))
  const { code, output } = run('objdump', ['--private-headers', ...files.filter(isProgram)], { quiet: true })
  if (code !== 0) stop(`The programs of the package cannot be read.\n${output.trim().slice(-1000)}`, 'npm run check')
  const linked = [...output.matchAll(/^ +NEEDED +(\S+)$/gmu)].map(([, soname = '']) => soname)
  const libraries = linked.filter((soname) => !own.has(soname)).map((soname) => `${soname}()(64bit)`)
  return [...new Set([...opened, ...libraries])].sort()
}

/** @param {string} path */
function isProgram(path) {
  const start = Buffer.alloc(4)
  const file = openSync(path, 'r')
  try {
    readSync(file, start)
  } finally {
    closeSync(file)
  }
  return start.equals(Buffer.from('\x7fELF', 'latin1'))
}

/**
 * @param {string} version
 * @param {string} tree
 * @param {{ requires: string[], paths: string[] }} content
 */
const specOf = (version, tree, { requires, paths }) => `Name: latchkey
Version: ${version}
Release: 1
Summary: Client certificates for Cloudflare Access
License: MIT
Vendor: Latchkey maintainers
Packager: Latchkey maintainers <maintainers@latchkey.invalid>
AutoReqProv: no
${requires.map((name) => `Requires: ${name}`).join('\n')}
Recommends: gnome-keyring

# Nothing is compiled here: stripping would break the seals on Electron's archive and on the command-line executable.
%global __os_install_post %{nil}
%global _build_id_links none
# The same input gives the same bytes.
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global _buildhost latchkey
%global _binary_payload w12.zstdio

%description
Latchkey makes a key and a request, installs the certificate where your
browsers look for it, and tests the connection. It contains a desktop app
and the command latchkey.

%install
cp -a ${tree}/. %{buildroot}

%files
%defattr(-,root,root,-)
${paths.join('\n')}

%postun
if [ "$1" = 0 ]; then
  echo 'Keys, certificates and settings of each user stay in ~/.config/Latchkey.' >&2
  echo 'Delete that folder only if nobody needs these keys any more: they cannot be recovered.' >&2
  echo 'A daily check or a start at login that somebody has switched on does nothing any more.' >&2
fi
`
