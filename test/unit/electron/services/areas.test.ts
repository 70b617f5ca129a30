import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createPreferences } from '#electron/platform/preferences'
import { createAreas } from '#electron/services/areas'
import { isShown } from '#shared/logic/areas'
import { AccountId } from '#shared/model/access-account'
import { AppPreferences } from '#shared/model/preferences'
import { temporaryFolder } from '../../../support/home'
import { activityLine, authorityRow } from '../../../support/rows'

function start(hasCloudflareToken = false) {
  const home = temporaryFolder()
  const database = openLocalDatabase(home)
  const preferences = createPreferences(join(home, 'preferences.json'), AppPreferences)
  const changed: string[] = []
  const areas = createAreas({
    database,
    hasCloudflareToken: async () => hasCloudflareToken,
    preferences,
    changed: (...topics) => changed.push(...topics),
  })
  const shown = async () => {
    const state = await areas.state()
    return (['issuers', 'access'] as const).filter((area) => isShown(area, state))
  }
  return { ...areas, database, preferences, changed, shown }
}

it('shows a holder neither half of an administrator', async () => {
  expect(await start().shown()).toEqual([])
})

it('shows the issuers once there is one, and Access once it was looked at or a token is kept', async () => {
  const { database, shown } = start()
  const row = authorityRow('Root')
  await database.authorities.insert(row, {
    children: [],
    predecessor: null,
    brought: { revoked: [], crl: null },
    issued: null,
    line: activityLine,
  })
  expect(await shown()).toEqual(['issuers'])
  const account = AccountId.parse('0123456789abcdef0123456789abcdef')
  await database.accessLooks.put({ account, readAt: '2026-11-25T09:00:00Z', objects: [], unread: [] })
  expect(await shown()).toEqual(['issuers', 'access'])
  expect(await start(true).shown()).toEqual(['access'])
})

it('shows what was switched on, until it is switched off, and keeps the other choices', async () => {
  const { switchOn, shown, preferences, changed } = start()
  await preferences.write({ ...(await preferences.read()), lockAfter: 60 })
  await switchOn('issuers', true)
  await switchOn('issuers', true)
  expect(await shown()).toEqual(['issuers'])
  expect(await preferences.read()).toEqual({ lockAfter: 60, areasSwitchedOn: ['issuers'], keysForOthers: false })
  await switchOn('issuers', false)
  expect(await shown()).toEqual([])
  expect(changed).toEqual(['areas', 'areas', 'areas'])
})
