import { expect, it } from 'vitest'
import { isNewerVersion } from '#electron/platform/version'

it.each<[string, string, boolean]>([
  ['1.0.1', '1.0.0', true],
  ['1.10.0', '1.9.9', true],
  ['2.0.0', '10.0.0', false],
  ['1.0.0', '1.0.0', false],
  ['1.0.0', '1.0.0-rc.1', true],
  ['1.0.0-rc.1', '1.0.0', false],
  ['1.0.0-rc.1', '0.9.9', true],
  ['1.0.0', '1.0.0+trial', false],
  ['1.0.0+trial', '1.0.0', false],
  ['1.0.1', '1.0.1-rc.1+trial', true],
  ['1.0.0', '1.0.1-rc.1', false],
  ['9.9.9', 'unknown', false],
  ['unknown', '0.0.1', false],
])('%s is newer than %s: %s', (version, other, expected) => {
  expect(isNewerVersion(version, other)).toBe(expected)
})
