import { canonicalJson } from '#electron/cloudflare/plan/digest'
import type { Json } from './reply'
import { type Lagging, settled, type World } from './world'

/** What another administrator does to one object of the account, once and for good. */
export interface ForeignEdit {
  what: string
  make(): void
  /** Whether it is still as they left it. */
  isKept(): boolean
}

const theirHostname = 'theirs.acme.example'
const theirRule = { email: { email: 'theirs@acme.example' } }
const theirSetting = { hostname: theirHostname, china_network: false, client_certificate_forwarding: true }

const at = <T>(all: T[], seed: number): T[] => all.slice(seed % Math.max(1, all.length)).slice(0, 1)

const now = <T>(visible: T): Lagging<T> => ({ visible, coming: null })

const has = (all: unknown, one: Json): boolean =>
  Array.isArray(all) && all.some((part) => canonicalJson(part) === canonicalJson(one))

/** One of each kind, on another object by `seed`. The double then has it as if their own request had come just now. */
export function foreignEdits(world: World, seed: number): ForeignEdit[] {
  const withRules = (kind: 'groups' | 'policies') =>
    at(world[kind], seed).map(({ id }): ForeignEdit => {
      const fields = () => world[kind].find((one) => one.id === id)?.fields
      const included = () => fields()?.['include']
      return {
        what: `${kind} ${id}`,
        make() {
          const [own, before] = [fields(), included()]
          if (own !== undefined) own['include'] = [...(Array.isArray(before) ? before : []), theirRule]
        },
        isKept: () => has(included(), theirRule),
      }
    })
  return [
    ...at(world.certificates, seed).map(({ id }): ForeignEdit => {
      const found = () => world.certificates.find((one) => one.id === id)
      return {
        what: `certificates ${id}`,
        make() {
          const own = found()
          if (own !== undefined) own.hostnames = now([...settled(own.hostnames), theirHostname])
        },
        isKept() {
          const own = found()
          return own !== undefined && settled(own.hostnames).includes(theirHostname)
        },
      }
    }),
    ...withRules('groups'),
    ...withRules('policies'),
    ...at(world.applications, seed).map(({ id }): ForeignEdit => {
      const found = () => world.applications.find((one) => one.id === id)
      return {
        what: `apps ${id}`,
        make() {
          const own = found()
          if (own !== undefined) own.fields['session_duration'] = '1h'
        },
        isKept: () => found()?.fields['session_duration'] === '1h',
      }
    }),
    {
      what: 'settings',
      make() {
        world.settings = now([...settled(world.settings), theirSetting])
      },
      isKept: () => has(settled(world.settings), theirSetting),
    },
  ]
}
