import type { Handlers } from '#shared/ipc/contract'
import { restrictionOn } from '#shared/logic/policy'
import type { Updates } from '#shared/model/updates'
import { after, type Pretence } from '../pretence'

type Area = Pick<Handlers, 'updates.state' | 'updates.check' | 'updates.setAutomatic'>

const notes = `Latchkey starts at login where you want it.
Set-up files can be made and used in the window.

Fixed: <b>names</b> of certificates are never read as markup.`

const off: Updates = {
  channel: 'policy',
  isAutomatic: true,
  checkedAt: null,
  step: 'idle',
  offered: null,
  problem: null,
  notInstalled: null,
}
const switchedOff: Area = {
  'updates.state': async () => off,
  'updates.check': async () => off,
  'updates.setAutomatic': async () => off,
}

/** A release is ready; whoever checks again meets a manifest that somebody else has signed. */
export function pretendUpdates({ world, changed }: Pretence): Area {
  if (restrictionOn('updates', world.policy) !== null) return switchedOff
  let updates: Updates = {
    channel: 'feed',
    isAutomatic: true,
    checkedAt: new Date(Date.now() - 7 * 3_600_000).toISOString(),
    step: 'ready',
    offered: { version: '0.2.0', released: '2026-11-20T12:00:00.000Z', notes },
    problem: null,
    notInstalled: world.scene === 'not-installed' ? '0.2.0' : null,
  }
  return {
    'updates.state': async () => updates,
    'updates.check': async () => {
      updates = { ...updates, step: 'checking' }
      changed('updates')
      await after(800)
      updates = {
        ...updates,
        step: 'ready',
        problem: { code: 'update-untrusted', detail: 'The signature of the manifest is not valid.' },
      }
      changed('updates')
      return updates
    },
    'updates.setAutomatic': async ({ isOn }) => {
      updates = { ...updates, isAutomatic: isOn, ...(isOn ? {} : { step: 'idle' }) }
      changed('updates')
      return updates
    },
  }
}
