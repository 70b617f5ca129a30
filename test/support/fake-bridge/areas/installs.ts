import type { Handlers } from '#shared/ipc/contract'
import { policyPlaces } from '#shared/logic/browser-policy/places'
import { installOf } from '../examples'
import { after, type Pretence, refuse } from '../pretence'

type Area = Pick<
  Handlers,
  | 'installs.stores'
  | 'installs.install'
  | 'installs.refresh'
  | 'installs.check'
  | 'installs.remove'
  | 'installs.saveBrowserPolicy'
>

export function pretendInstalls({ world, changed, needVault, find, put, log }: Pretence): Area {
  return {
    'installs.stores': async () => world.stores,
    'installs.install': async ({ identity, store, trust }) => {
      needVault()
      await after(400)
      const place = world.stores.find(({ id }) => id === store)
      const detail = find(identity)
      if (place === undefined) throw refuse('not-found')
      if (place.problem !== null) throw refuse(place.problem.code, place.problem.remedy)
      const withheld = {
        state: 'withheld',
        reason: 'This is a practice certificate; practice certificates are never trusted by your computer.',
      }
      const state = detail.summary.practice
        ? withheld
        : { state: trust === 'none' ? 'not-set' : 'trusted', reason: null }
      const made = installOf(detail, { store, storeName: place.name, trust: state })
      put({ ...detail, installs: [...detail.installs.filter((known) => known.store !== store), made] })
      log('installed', detail.summary.name, `Installed in ${place.name}.`)
      changed('installs', 'identities', 'activity')
      return made
    },
    'installs.refresh': async ({ identity }) => {
      await after(200)
      return find(identity).installs
    },
    'installs.check': async ({ install }) => {
      await after(200)
      const found = world.identities.flatMap(({ installs }) => installs).find(({ id }) => id === install)
      if (found === undefined) throw refuse('not-found')
      return found
    },
    'installs.saveBrowserPolicy': async ({ system }) => ({ name: policyPlaces[system].file }),
    'installs.remove': async ({ install }) => {
      await after(200)
      const found = world.identities.flatMap(({ installs }) => installs).find(({ id }) => id === install)
      if (found === undefined) throw refuse('not-found')
      const holder = find(found.identity)
      put({ ...holder, installs: holder.installs.filter(({ id }) => id !== install) })
      changed('installs', 'identities', 'activity')
      const { store, storeName, certificates, keyPresent } = found
      return { store, storeName, certificates, privateKey: keyPresent ? 'removed' : 'absent', reached: true }
    },
  }
}
