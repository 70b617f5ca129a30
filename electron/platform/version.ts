/** `1.0.0-rc.1+trial`: three numbers, what comes before the release, and what is left aside (semver.org 2.0.0, §9 and §10). */
const form = /^(\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/u

/**
 * Whether a version comes after another (semver.org 2.0.0, §11): `1.0.0` after `1.0.0-rc.1`, and `1.0.0+trial` not after `1.0.0`.
 * Several versions before one release are not told apart. Where either is no version, the answer is false.
 */
export function isNewerVersion(version: string, other: string): boolean {
  const [one, two] = [form.exec(version), form.exec(other)]
  if (one === null || two === null) return false
  for (const place of [1, 2, 3]) {
    const difference = Number(one[place]) - Number(two[place])
    if (difference !== 0) return difference > 0
  }
  return one[4] === undefined && two[4] !== undefined
}
