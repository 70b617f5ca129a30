import { describe, expect, it } from 'vitest'
import { isInstalled } from '#shared/logic/installed'
import { settled } from '../../support/fake-bridge/examples'
import { createWorld, type Scene } from '../../support/fake-bridge/world'

const scenes: Scene[] = ['full', 'many', 'no-backup', 'locked', 'no-tool', 'interrupted', 'names', 'managed', 'empty']

/** Pictures of what cannot be would hide what is wrong on the screens. */
describe.each(scenes)('the pretended back end, in the scene %s', (scene) => {
  const { identities, hosts, reports, stored, stores, vault } = createWorld(scene)

  it('says of a certificate what follows from its installs and tests', () => {
    for (const one of identities) {
      expect(one).toEqual(settled(one))
      const { name, journey, status } = one.summary
      const here = one.installs.some((install) => isInstalled(install, one.summary.sha256))
      expect([name, journey.installed === 'done']).toEqual([name, here])
      if (status === 'refused') expect(one.tests).not.toEqual([])
      for (const { trust } of one.installs.filter(({ present }) => present))
        expect([name, trust.state === 'withheld']).toEqual([name, one.certificate?.version === 1])
      for (const place of one.renewal?.places ?? [])
        expect(one.installs.some((each) => each.store === place.store)).toBe(place.hasNew)
    }
  })

  it('speaks of nothing that is not there', () => {
    const all = <One>(list: One[], pick: (one: One) => string | null) => new Set(list.map(pick))
    const ids = all(identities, ({ summary }) => summary.id)
    const at = all(hosts, ({ id }) => id)
    for (const report of reports) expect([ids.has(report.identity), at.has(report.host)]).toEqual([true, true])
    for (const host of hosts) if (host.identity !== null) expect(ids.has(host.identity)).toBe(true)
    const kept = all(reports, ({ id }) => id)
    for (const { tests, installs, renewal } of identities) {
      for (const test of tests) expect([kept.has(test.report), at.has(test.host)]).toEqual([true, true])
      for (const { store } of [...installs, ...(renewal?.places ?? []), ...stored.flatMap(({ places }) => places)])
        expect(all(stores, ({ id }) => id)).toContain(store)
    }
    if (identities.length > 0 && vault.keyring === 'usable') expect(vault.sealedFiles).toBe(identities.length)
  })
})
