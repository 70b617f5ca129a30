import { describe, expect, test } from 'vitest'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { exportWish } from '#electron/cloudflare/plan/export-wish'
import { account, application, ca, group, policy, readAt, rules } from '../../../../support/access-accounts'

const at = new Date(readAt)
const expires = new Date('2027-01-01T00:00:00.000Z')
const auth = policy('Auth', 'non_identity', rules([{ kind: 'valid-certificate' }]))

describe('an exported account', () => {
  test('says what is, in names', () => {
    const acme = account({
      cas: [ca('G2', ['a.acme.example'])],
      settings: [{ hostname: 'a.acme.example', forwarding: true, chinaNetwork: false }],
      applications: [application('A', ['a.acme.example'], [auth])],
      policies: [auth],
      groups: [group('Staff', rules([{ kind: 'unknown', json: { weather: {} } }]))],
    })
    const { wish, leftOut } = exportWish(acme, expires)
    expect(leftOut).toEqual([])
    expect(wish).toMatchObject({
      cas: [{ name: 'G2', fingerprint: acme.cas[0]?.fingerprint }],
      hostnames: [{ hostname: 'a.acme.example', cas: ['G2'], forwarding: true }],
      groups: [{ name: 'Staff', include: [{ weather: {} }], require: [], exclude: [] }],
      policies: [{ name: 'Auth', decision: 'non_identity', include: [{ certificate: {} }] }],
      applications: [{ domain: 'a.acme.example', attach: ['Auth'], detach: [] }],
    })
  })

  test('leaves out what a plan file cannot name, says so, and still needs nothing', () => {
    const unnamed = { ...auth, id: policy('Unnamed', 'allow', rules([])).id, name: '' }
    const acme = account({
      cas: [
        ca('Twice', ['a.acme.example']),
        { ...ca('Twice', []), id: ca('Other', []).id },
        ca('No fingerprint', [], { fingerprint: null }),
        ca('Wild', ['*.acme.example']),
      ],
      applications: [application('A', ['a.acme.example'], [auth, unnamed]), application('B', ['a.acme.example/*'], [])],
      policies: [auth, unnamed],
    })
    const { wish, leftOut } = exportWish(acme, expires)
    expect(leftOut).toEqual([
      'CA Twice: its name is used more than once.',
      'CA Twice: its name is used more than once.',
      'CA No fingerprint: its fingerprint cannot be read.',
      'Policy “”: a plan file cannot hold its name.',
      'Application a.acme.example: its name is used more than once.',
      'Application a.acme.example: its name is used more than once.',
    ])
    expect(wish.hostnames).toEqual([])
    expect(changesFor(acme, wish, at)).toEqual({ changes: [], problems: [] })
  })
})
