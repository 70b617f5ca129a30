import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createPreferences } from '#electron/platform/preferences'
import { AppPreferences } from '#shared/model/preferences'
import { temporaryFolder } from '../../../support/home'

const defaults = AppPreferences.parse({})

it('keeps changes that several parts of a process make at once in one file', async () => {
  const path = join(temporaryFolder(), 'preferences.json')
  const [window, tray] = [createPreferences(path, AppPreferences), createPreferences(path, AppPreferences)]
  await Promise.all([
    window.change(() => ({ lockAfter: 60 })),
    tray.change(() => ({ keepsRunning: true })),
    window.change(({ areasSwitchedOn }) => ({ areasSwitchedOn: [...areasSwitchedOn, 'issuers'] })),
    window.change(({ areasSwitchedOn }) => ({ areasSwitchedOn: [...areasSwitchedOn, 'access'] })),
  ])
  const chosen = { ...defaults, lockAfter: 60, keepsRunning: true, areasSwitchedOn: ['issuers', 'access'] }
  expect(await tray.read()).toEqual(chosen)
})

it('writes nothing where a change is refused, and goes on with the next', async () => {
  const path = join(temporaryFolder(), 'preferences.json')
  const preferences = createPreferences(path, AppPreferences)
  await preferences.change(() => ({ lockAfter: 60 }))
  const refused = preferences.change(() => {
    throw new Error('refused')
  })
  const next = preferences.change(() => ({ keepsRunning: true }))
  await expect(refused).rejects.toThrow('refused')
  expect(await next).toEqual({ ...defaults, lockAfter: 60, keepsRunning: true })
})

it('is no choice where the file is damaged', async () => {
  const path = join(temporaryFolder(), 'preferences.json')
  writeFileSync(path, '{"lockAfter":')
  expect(await createPreferences(path, AppPreferences).read()).toEqual(defaults)
})
