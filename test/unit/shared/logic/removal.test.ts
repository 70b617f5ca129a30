import { expect, it } from 'vitest'
import { trustForUndo } from '#shared/logic/removal'
import { Sha256, StoreId } from '#shared/model/ids'
import type { TrustState } from '#shared/model/store'

const sha256 = Sha256.parse('a'.repeat(64))
const summary = { keyInVault: true, sha256 }
const certificate = { sha256, name: 'Ada', notAfter: null, recorded: true }
const removal = { reached: true, certificates: [certificate], privateKey: 'removed' as const }
const install = (state: TrustState['state'], store = 'nss-user') => ({
  trust: { state, reason: null },
  store: StoreId.parse(store),
  chainPresent: true,
})

it.each([
  ['not-needed', 'nss-user', 'certificate'],
  ['not-set', 'nss-user', 'none'],
  ['withheld', 'macos-login', 'certificate'],
  ['trusted', 'macos-login', 'certificate'],
  ['trusted', 'nss-user', null],
  ['trusted', 'windows-user', null],
] as const)('with trust %s in %s it is installed again: %s', (state, store, trust) => {
  expect(trustForUndo(summary, install(state, store), removal)).toBe(trust)
})

it.each([
  ['the key is nowhere else', { ...summary, keyInVault: false }, removal],
  ['another certificate has come since', { ...summary, sha256: Sha256.parse('b'.repeat(64)) }, removal],
  ['an earlier one of its key went, too', summary, { ...removal, certificates: [certificate, certificate] }],
  ['somebody else put it there', summary, { ...removal, certificates: [{ ...certificate, recorded: false }] }],
  ['nothing was there', summary, { ...removal, certificates: [] }],
  ['its key was not there', summary, { ...removal, privateKey: 'absent' as const }],
  ['the store is not on this computer', summary, { ...removal, reached: false }],
])('nothing is offered that does not come back whole: %s', (_why, one, removed) => {
  expect(trustForUndo(one, install('not-needed'), removed)).toBeNull()
})
