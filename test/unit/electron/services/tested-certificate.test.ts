import { expect, it } from 'vitest'
import { describeTested } from '#electron/services/connection-test'
import { makeSmallPki } from '../../../support/certificates'

it('describes each certificate by itself, though the last one is remembered', async () => {
  const now = new Date()
  const { client, intermediate, root } = await makeSmallPki(now)
  const names = (...chain: Uint8Array[]) => {
    const tested = describeTested('mine', chain, [], now)
    return tested === null ? null : [tested.certificate, ...tested.issuers].map(({ commonName }) => commonName)
  }
  const own = names(client.certificate)
  expect(own).toHaveLength(1)
  expect(names(client.certificate, intermediate.certificate)).toEqual([...(own ?? []), 'Small Intermediate'])
  expect(names(root.certificate)).toEqual(['Small Root'])
  expect(names(Buffer.from(client.certificate))).toEqual(own)
  expect(names()).toBeNull()
})
