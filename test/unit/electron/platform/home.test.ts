import { statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readEnvironment } from '#electron/platform/environment'
import { effectiveUser, homePaths } from '#electron/platform/home'
import { temporaryFolder } from '../../../support/home'

const at = (platform: NodeJS.Platform, environment: Record<string, string>, userHome: string) =>
  homePaths({ platform, environment: readEnvironment(environment), userHome, me: effectiveUser() }).home

it('is the platform’s own place for data that does not roam', () => {
  const user = temporaryFolder()
  expect(at('linux', {}, user)).toBe(join(user, '.config', 'Latchkey'))
  expect(at('linux', { XDG_CONFIG_HOME: join(user, 'xdg') }, user)).toBe(join(user, 'xdg', 'Latchkey'))
  expect(at('darwin', {}, user)).toBe(join(user, 'Library', 'Application Support', 'Latchkey'))
  expect(at('win32', { LOCALAPPDATA: join(user, 'Local') }, user)).toBe(join(user, 'Local', 'Latchkey'))
  expect(at('win32', {}, user)).toBe(join(user, 'AppData', 'Local', 'Latchkey'))
})

it('is LATCHKEY_HOME where that is set, and closed to others', () => {
  const user = temporaryFolder()
  expect(at('linux', { LATCHKEY_HOME: join(user, 'own') }, user)).toBe(join(user, 'own'))
  expect(statSync(join(user, 'own')).mode & 0o777).toBe(0o700)
})

it('takes an empty variable for an unset one', () => {
  const user = temporaryFolder()
  expect(at('linux', { LATCHKEY_HOME: '', XDG_CONFIG_HOME: '' }, user)).toBe(join(user, '.config', 'Latchkey'))
})
