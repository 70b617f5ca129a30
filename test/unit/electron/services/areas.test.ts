import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { createPreferences } from '#electron/platform/preferences'
import { createAreas } from '#electron/services/areas'
import { isShown } from '#shared/logic/areas'
import { AccountId } from '#shared/model/access-account'
import { AppPreferences } from '#shared/model/preferences'
import { temporaryFolder } from '../../../support/home'
import { noPolicy, policyWith } from '../../../support/policy'
import { activityLine, authorityRow } from '../../../support/rows'

function start(hasCloudflareToken = false, policy = noPolicy) {
  const home = temporaryFolder()
  const database = openLocalDatabase(home)
  const preferences = createPreferences(join(home, 'preferences.json'), AppPreferences)
  const changed: string[] = []
  const areas = createAreas({
    database,
    hasCloudflareToken: async () => hasCloudflareToken,
    preferences,
    policy,
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
  await database.accessLooks.put({
    account,
    readAt: '2026-11-25T09:00:00Z',
    objects: [],
    unread: [],
    knowsAlerts: true,
  })
  expect(await shown()).toEqual(['issuers', 'access'])
  expect(await start(true).shown()).toEqual(['access'])
})

it('shows what was switched on, until it is switched off, and keeps the other choices', async () => {
  const { switchOn, shown, preferences, changed } = start()
  await preferences.change(() => ({ lockAfter: 60 }))
  await switchOn('issuers', true)
  await switchOn('issuers', true)
  expect(await shown()).toEqual(['issuers'])
  expect(await preferences.read()).toEqual({
    ...AppPreferences.parse({}),
    lockAfter: 60,
    areasSwitchedOn: ['issuers'],
  })
  await switchOn('issuers', false)
  expect(await shown()).toEqual([])
  expect(changed).toEqual(['areas', 'areas', 'areas'])
})

it('keeps both of two choices that are made at once', async () => {
  const { switchOn, shown } = start()
  await Promise.all([switchOn('issuers', true), switchOn('access', true)])
  expect(await shown()).toEqual(['issuers', 'access'])
})

it('hides what a policy hides, whatever is in it and was switched on', async () => {
  const { database, shown, preferences, state, switchOn } = start(
    true,
    policyWith({ hide: ['issuers', 'access', 'practice'] }),
  )
  await preferences.change(() => ({ areasSwitchedOn: ['issuers', 'access'] }))
  await database.authorities.insert(authorityRow('Root'), {
    children: [],
    predecessor: null,
    brought: { revoked: [], crl: null },
    issued: null,
    line: activityLine,
  })
  expect(await shown()).toEqual([])
  expect(isShown('practice', await state())).toBe(false)
  await expect(switchOn('access', true)).rejects.toMatchObject({ code: 'managed' })
})
