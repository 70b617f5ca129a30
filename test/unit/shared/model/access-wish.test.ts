import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { AccessWish } from '#shared/model/access-wish'

const account = '0123456789abcdef0123456789abcdef'

describe('the plan file', () => {
  test('is what its documentation shows', () => {
    const text = readFileSync('electron/cli/README.md', 'utf8')
    const [, example = ''] = /### The plan file[\s\S]*?```json\n([\s\S]*?)```/u.exec(text) ?? []
    const wish = AccessWish.parse(JSON.parse(example))
    expect(wish.policies).toMatchObject([{ name: 'Admins by certificate', require: [], exclude: [] }])
    const fields = [...text.matchAll(/^\| `(\w+)` +\|/gmu)].map(([, name]) => name)
    for (const name of Object.keys(AccessWish.shape))
      if (name !== 'version' && name !== 'account') expect(fields).toContain(name)
  })

  test('needs an account and nothing else', () => {
    expect(AccessWish.parse({ version: 1, account })).toMatchObject({ state: null, hostnames: [], retire: [] })
  })

  test('of the first version still opens, and knows of no expiry alerts', () => {
    const old = { version: 1, account, managedElsewhere: { policies: ['Staff login'] } }
    expect(AccessWish.parse(old)).toMatchObject({ alerts: [], removeAlerts: [], managedElsewhere: { alerts: [] } })
  })

  test.each<[string, Record<string, unknown>]>([
    ['another version', { version: 3 }],
    ['expiry alerts in a file of the version that knew of none', { alerts: [{ name: 'A', emails: ['a@b.example'] }] }],
    ['an alert that goes to nobody', { version: 2, alerts: [{ name: 'A' }] }],
    ['an alert that goes to no address', { version: 2, alerts: [{ name: 'A', emails: ['nobody'] }] }],
    ['an alert with another field', { version: 2, alerts: [{ name: 'A', emails: ['a@b.example'], days: 30 }] }],
    ['an unknown field', { surprise: true }],
    ['a hostname in capital letters', { hostnames: [{ hostname: 'Wiki.acme.example', cas: [] }] }],
    ['a hostname with an asterisk', { hostnames: [{ hostname: '*.acme.example', cas: [] }] }],
    [
      'a hostname that stands there twice',
      { hostnames: ['1', '2'].map(() => ({ hostname: 'a.acme.example', cas: [] })) },
    ],
    ['a CA with neither PEM nor fingerprint', { cas: [{ name: 'G2' }] }],
    ['a name longer than Access takes', { retire: ['x'.repeat(351)] }],
    ['a policy without rules', { policies: [{ name: 'Any', decision: 'allow' }] }],
    ['a decision that does not exist', { policies: [{ name: 'Any', decision: 'block', include: [] }] }],
  ])('does not take %s', (_what, part) => {
    expect(AccessWish.safeParse({ version: 1, account, ...part }).success).toBe(false)
  })
})
