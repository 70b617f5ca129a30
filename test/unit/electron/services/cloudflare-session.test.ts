import { beforeEach, expect, it } from 'vitest'
import { lookAt } from '#electron/cloudflare/look'
import { practiceToken } from '#electron/cloudflare/practice/state'
import { createComparison } from '#electron/services/cloudflare/comparison'
import type { DriftReading, Reading } from '#electron/services/cloudflare/ports'
import { createSession, type SessionPorts } from '#electron/services/cloudflare/session'
import { AppError } from '#shared/errors'
import { account } from '../../../support/access-accounts'

/** The order in which a token is stored, the account left, and a reading kept. */

const reading: Reading = { account: account(), unread: [], token: practiceToken }
const compared: DriftReading = { ...reading, since: null, drift: [], notCompared: [], kept: true }

let stored: boolean
let storing: { begun: Promise<void>; goOn(): void }
let compare: SessionPorts['cloudflare']['compare']
beforeEach(() => {
  stored = false
  compare = async () => compared
})

/** A session whose vault takes as long to store a token as the test wants. */
function session() {
  let begin: () => void = () => undefined
  let goOn: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const begun = new Promise<void>((resolve) => {
    begin = resolve
  })
  storing = { begun, goOn }
  return createSession({
    cloudflare: {
      compare: (...input) => compare(...input),
      read: async () => reading,
      login: async () => ({
        reading,
        async store() {
          begin()
          await held
          stored = true
        },
      }),
      async logout() {
        const was = stored
        stored = false
        return was
      },
      hasStoredToken: async () => stored,
    },
    changed: () => undefined,
    noteOwn: async () => undefined,
  })
}

const given = { token: 'cfut_x', account: null, isStored: true }

it('removes a token that was on its way into the vault when the account was disconnected', async () => {
  const one = session()
  const connecting = expect(one.connect(given, {})).rejects.toMatchObject({ code: 'cancelled' })
  await storing.begun
  const left = one.disconnect()
  storing.goOn()
  await connecting
  expect(await left).toEqual({ state: 'none' })
  expect([stored, await one.connection()]).toEqual([false, { state: 'none' }])
})

it('says that a token was stored where the practice account was turned to meanwhile', async () => {
  const one = session()
  const connecting = expect(one.connect(given, {})).rejects.toMatchObject({
    code: 'cancelled',
    done: 'The API token was stored.',
  })
  await storing.begun
  await one.practise(true)
  storing.goOn()
  await connecting
  expect([stored, one.isPractising()]).toEqual([true, true])
})

it('stores nothing where the account cannot be compared with the last look', async () => {
  compare = async () => {
    throw new AppError('disk-full')
  }
  const one = session()
  storing.goOn()
  await expect(one.connect(given, {})).rejects.toMatchObject({ code: 'disk-full' })
  expect([stored, await one.connection()]).toEqual([false, { state: 'none' }])
})

it.each<[string, (one: ReturnType<typeof session>) => Promise<unknown>, boolean]>([
  ['connecting', (one) => one.connect({ ...given, isStored: false }, {}), false],
  ['reading again', (one) => one.read({}), false],
  ['reading after a change', (one) => one.readAfter({}, async () => undefined), false],
  ['accepting what was read', (one) => one.accept(), true],
])('keeps no look for %s where the account was disconnected meanwhile', async (_what, act, isKnown) => {
  const one = session()
  storing.goOn()
  await one.connect({ ...given, isStored: false }, {})
  const puts: string[] = []
  const { compare: real } = createComparison({
    looks: {
      exist: async () => isKnown,
      async get() {
        await one.disconnect()
        return isKnown ? lookAt(reading.account) : null
      },
      async put(look) {
        puts.push(look.account)
      },
    },
  })
  compare = real
  await expect(act(one)).rejects.toMatchObject({ code: 'cancelled' })
  expect([puts, one.reading()]).toEqual([[], null])
})
