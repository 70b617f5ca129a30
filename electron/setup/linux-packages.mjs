import { readFileSync } from 'node:fs'
import { has, run } from './run.mjs'
import { say, stop } from './say.mjs'

/**
 * @typedef {object} Packages
 * @property {string[]} libraries Package names.
 * @property {Record<string, string>} commands Each command, with the package that contains it.
 */

/**
 * What the window needs. The names are those of Debian and Ubuntu.
 *
 * @type {Packages}
 */
export const forWindow = {
  libraries: [
    'libgtk-3-0',
    'libnss3',
    'libgbm1',
    'libasound2',
    'libxss1',
    'libxtst6',
    'libatk-bridge2.0-0',
    'libdrm2',
    'libsecret-1-0',
    'fonts-dejavu-core',
    'libnss3-tools',
    // Electron shows notifications through it, and opens it at run time.
    'libnotify4',
  ],
  commands: { certutil: 'libnss3-tools', pk12util: 'libnss3-tools' },
}

/**
 * What an unattended run needs in addition.
 *
 * @type {Packages}
 */
export const forUnattended = {
  libraries: [],
  commands: { Xvfb: 'xvfb', 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' },
}

/**
 * The programs that the tests compare Latchkey with.
 *
 * @type {Packages}
 */
export const forTests = {
  // Debian does not install wine64 on the PATH.
  libraries: ['wine64', 'python3-cryptography-vectors', 'python3-dbus', 'python3-gi'],
  commands: {
    openssl: 'openssl',
    cfssl: 'golang-cfssl',
    nginx: 'nginx-light',
    curl: 'curl',
    wine: 'wine',
    strace: 'strace',
    keytool: 'default-jre-headless',
    zsh: 'zsh',
    fish: 'fish',
    mandoc: 'mandoc',
    debootstrap: 'debootstrap',
    appstreamcli: 'appstream',
    makensis: 'nsis',
    wixl: 'wixl',
    msibuild: 'msitools',
    'desktop-file-validate': 'desktop-file-utils',
    'update-mime-database': 'shared-mime-info',
  },
}

/**
 * What it takes to make packages of these kinds, and the unpacked folder.
 *
 * @param {ReadonlySet<'deb' | 'rpm'>} kinds
 * @returns {Packages}
 */
export const toolsFor = (kinds) => ({
  libraries: [],
  commands: {
    strip: 'binutils',
    ...(kinds.has('deb') ? { 'dpkg-deb': 'dpkg' } : {}),
    ...(kinds.has('rpm') ? { rpmbuild: 'rpm', objdump: 'binutils' } : {}),
  },
})

/**
 * Newer releases of Debian and Ubuntu renamed these for 64-bit time; either name is accepted.
 *
 * @type {Record<string, string>}
 */
const alsoKnownAs = {
  'libgtk-3-0': 'libgtk-3-0t64',
  libasound2: 'libasound2t64',
  'libatk-bridge2.0-0': 'libatk-bridge2.0-0t64',
}

/**
 * Installs the missing packages. If that needs root or another package manager, prints what to do and stops.
 *
 * @param {...Packages} groups
 */
export function installPackages(...groups) {
  if (process.platform !== 'linux') return
  const missing = groups.flatMap(missingOf)
  if (missing.length === 0) return
  const names = [...new Set(missing)]
  if (!has('apt-get'))
    stop(`Missing packages: ${names.join(', ')}.`, 'Install them with your package manager and try again.')
  const command = `apt-get install -y --no-install-recommends ${names.join(' ')}`
  if (process.getuid?.() !== 0) stop('Some system packages are missing.', `sudo ${command}`)
  say(`Installing system packages: ${names.join(' ')} …`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-qq'], { quiet: true, env })
  const { code, output } = run('sh', ['-c', command], { quiet: true, env })
  if (code !== 0) stop(`The system packages could not be installed.\n${output.trim().slice(-1500)}`, command)
}

/** @param {Packages} packages */
function missingOf({ libraries, commands }) {
  const wanted = Object.entries(commands)
    .filter(([command]) => !has(command))
    .map(([, name]) => name)
  return [...wanted, ...missingLibraries(libraries)]
}

/**
 * Reads dpkg's list once, since calling dpkg-query for each package would take longer than the rest of the set-up.
 *
 * @param {string[]} names
 */
function missingLibraries(names) {
  const installed = installedPackages()
  if (installed === null) return []
  return names.filter((name) => !installed.has(name) && !installed.has(alsoKnownAs[name] ?? name)).map(available)
}

function installedPackages() {
  try {
    const status = readFileSync('/var/lib/dpkg/status', 'utf8')
    const found = status.split('\n\n').filter((entry) => entry.includes('\nStatus: install ok installed'))
    return new Set(found.map((entry) => /^Package: (.+)$/mu.exec(entry)?.[1]))
  } catch {
    return null
  }
}

/** @param {string} name */
function available(name) {
  const other = alsoKnownAs[name]
  if (other === undefined) return name
  return run('apt-cache', ['show', name], { quiet: true }).code === 0 ? name : other
}
