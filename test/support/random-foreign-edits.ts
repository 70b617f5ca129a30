import type { Json, JsonObject } from '#shared/model/access-rule'
import type { AccessApiState } from './access-api-model'

/** What another administrator does to one object of the account. */
export interface ForeignEdit {
  what: string
  make(state: AccessApiState): AccessApiState
  isKept(state: AccessApiState): boolean
}

const theirHostname = 'theirs.acme.example'
const theirRule = { email: { email: 'theirs@acme.example' } }
const theirSetting = { hostname: theirHostname, china_network: false, client_certificate_forwarding: true }

type Lists = 'certificates' | 'groups' | 'policies' | 'apps'

/** The member that somebody changes, and what they put into it. */
const changes: Record<Lists, { member: string; put(value: Json | undefined): Json }> = {
  certificates: { member: 'associated_hostnames', put: (value) => [...listIn(value), theirHostname] },
  groups: { member: 'include', put: (value) => [...listIn(value), theirRule] },
  policies: { member: 'include', put: (value) => [...listIn(value), theirRule] },
  apps: { member: 'session_duration', put: () => '1h' },
}

const listIn = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : [])

const isIn = (json: JsonObject | undefined, { member, put }: (typeof changes)[Lists]): boolean => {
  const [value, theirs] = [json?.[member], put(undefined)]
  const wanted = Array.isArray(theirs) ? theirs[0] : theirs
  const found = Array.isArray(value) ? value : [value]
  return found.some((one) => JSON.stringify(one) === JSON.stringify(wanted))
}

/** One of each kind, another one by `seed`. */
export function foreignEdits(state: AccessApiState, seed: number): ForeignEdit[] {
  const lists: Lists[] = ['certificates', 'groups', 'policies', 'apps']
  const edits = lists.flatMap((list): ForeignEdit[] => {
    const id = state[list][seed % Math.max(1, state[list].length)]?.['id']
    if (id === undefined) return []
    const change = changes[list]
    const edit = (json: JsonObject): JsonObject =>
      json['id'] === id ? { ...json, [change.member]: change.put(json[change.member]) } : json
    return [
      {
        what: `${list} ${String(id)}`,
        make: (before) => ({ ...before, [list]: before[list].map(edit) }),
        isKept: (after) =>
          isIn(
            after[list].find((json) => json['id'] === id),
            change,
          ),
      },
    ]
  })
  const setting: ForeignEdit = {
    what: 'settings',
    make: (before) => ({ ...before, settings: [...before.settings, theirSetting] }),
    isKept: ({ settings }) => settings.some((one) => JSON.stringify(one) === JSON.stringify(theirSetting)),
  }
  return [...edits, setting]
}
