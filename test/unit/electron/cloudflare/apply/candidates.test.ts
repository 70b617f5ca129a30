import { expect, it } from 'vitest'
import { candidatesFor } from '#electron/cloudflare/apply/compare'
import { account, ca, md5, readAt } from '../../../../support/access-accounts'

it('a CA that appeared meanwhile is ours only by certificate and name', () => {
  const bundle = [md5('Issuing'), md5('Root')]
  const planned = ca('Ours', [])
  const change = { kind: 'create-ca', id: planned.id, name: 'Ours', pem: '', bundle, expiresOn: readAt } as const
  const found = (name: string, fingerprint: string) =>
    candidatesFor(change, account(), account({ cas: [ca(name, [], { fingerprint: md5(fingerprint), bundle: null })] }))
  expect(found('Ours', 'Root')).toHaveLength(1)
  expect(found('Theirs', 'Root')).toEqual([])
  expect(found('Ours', 'Other')).toEqual([])
})
