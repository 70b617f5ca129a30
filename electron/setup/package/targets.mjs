/**
 * @typedef {object} Targets
 * @property {string[]} forBuilder The options for electron-builder.
 * @property {Set<'deb' | 'rpm'>} linux What is made here, from the folder that it makes.
 * @property {string} output The folder for packages.
 */

const OUTPUT = /^-c\.directories\.output=(.+)$/u

/**
 * Tells what electron-builder makes from what is made here. It would download tools for Debian's and RPM's packages from a
 * release site; dpkg-deb and rpmbuild come with the system.
 *
 * @param {readonly string[]} options As given to `npm run package`; without any, everything for this system.
 * @param {NodeJS.Platform} platform
 * @returns {Targets}
 */
export function targetsOf(options, platform) {
  const given = options.length > 0 || platform !== 'linux' ? options : ['--linux', 'AppImage', 'deb', 'rpm']
  /** @type {Set<'deb' | 'rpm'>} */
  const linux = new Set()
  const others = given.filter((word) => {
    if (word !== 'deb' && word !== 'rpm') return true
    linux.add(word)
    return false
  })
  const at = others.indexOf('--linux')
  const hasNone = at >= 0 && (others[at + 1] ?? '-').startsWith('-')
  const forBuilder = linux.size > 0 && hasNone ? [...others.slice(0, at + 1), 'dir', ...others.slice(at + 1)] : others
  const output = given.flatMap((word) => OUTPUT.exec(word)?.[1] ?? []).at(-1) ?? 'dist'
  return { forBuilder, linux, output }
}

/**
 * Whether only folders and packages for testing are wanted, which can be made with the trial runtime.
 *
 * @param {Targets} targets
 */
export const isForTesting = ({ forBuilder }) => forBuilder.includes('dir') && !forBuilder.includes('AppImage')
