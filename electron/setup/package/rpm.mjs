import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../run.mjs'
import { stop } from '../say.mjs'
import { stageLinuxTree } from './linux-tree.mjs'

/** Libraries by the names that every distribution's packages provide; tools by the names of Fedora, or of openSUSE. */
const requires = [
  'libgtk-3.so.0()(64bit)',
  'libatomic.so.1()(64bit)',
  'libnss3.so()(64bit)',
  'libsecret-1.so.0()(64bit)',
  'libgbm.so.1()(64bit)',
  'libasound.so.2()(64bit)',
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
  writeFileSync(spec, specOf(facts.version, tree, pathsIn(tree)))
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
 * @param {string} version
 * @param {string} tree
 * @param {string[]} paths
 */
const specOf = (version, tree, paths) => `Name: latchkey
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
fi
`
