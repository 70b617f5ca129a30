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

  test.each<[string, Record<string, unknown>]>([
    ['another version', { version: 2 }],
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
