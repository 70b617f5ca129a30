import type { Handlers } from '#shared/ipc/contract'
import { HostId } from '#shared/model/ids'
import { host, issue, issuers } from '../examples'
import { after, imported, type Pretence, refuse } from '../pretence'

type Area = Pick<
  Handlers,
  | 'lab.state'
  | 'lab.start'
  | 'lab.stop'
  | 'lab.setPolicy'
  | 'lab.emptyAccount'
  | 'lab.setScenario'
  | 'lab.issue'
  | 'lab.saveChain'
>

export function pretendLab({ world, changed, find, put, log }: Pretence): Area {
  return {
    'lab.state': async () => world.lab,
    'lab.start': async () => {
      await after(300)
      const known =
        world.hosts.find(({ practice }) => practice) ??
        host('practice.latchkey.test', {
          port: 41873,
          connectTo: { address: '127.0.0.1', port: 41873 },
          practice: true,
        })
      if (!world.hosts.includes(known)) world.hosts.push(known)
      world.lab = {
        ...world.lab,
        running: true,
        address: 'https://practice.latchkey.test:41873/',
        host: HostId.parse(known.id),
        chain: issuers,
      }
      changed('lab', 'hosts')
      return world.lab
    },
    'lab.stop': async () => {
      world.lab = { ...world.lab, running: false, address: null, host: null, chain: [] }
      changed('lab')
      return world.lab
    },
    'lab.setPolicy': async (policy) => {
      world.lab = { ...world.lab, policy }
      changed('lab')
      return world.lab
    },
    'lab.emptyAccount': async () => {
      world.lab = { ...world.lab, decidedByAccount: false }
      changed('lab')
      return world.lab
    },
    'lab.setScenario': async ({ scenario }) => {
      world.lab = { ...world.lab, scenario }
      changed('lab')
      return world.lab
    },
    'lab.issue': async ({ identity }) => {
      if (!world.lab.running) throw refuse('lab-not-running')
      const issued = put(issue(find(identity), 'issued', 'dddnll', 362, true))
      log('practice-issued', issued.summary.name, 'The practice CA signed this request.')
      changed('identities', 'activity')
      return imported(issued)
    },
    'lab.saveChain': async () => ({ name: 'practice-ca-chain.pem' }),
  }
}
