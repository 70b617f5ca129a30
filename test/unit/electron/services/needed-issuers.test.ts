import { beforeAll, describe, expect, it } from 'vitest'
import { certificateSha256 } from '#electron/pki/x509/read'
import { neededIssuers, seenInstall } from '#electron/services/installs/seen'
import type { StoredIdentity } from '#electron/stores/store'
import { IdentityId, InstallId, type Sha256, StoreId } from '#shared/model/ids'
import { makeSmallPki, type SmallPki } from '../../../support/certificates'
import { identityRow } from '../../../support/rows'

/** Which issuers a browser has to send, and whether they are there. */
const now = new Date('2027-03-01T12:00:00Z')
const identity = IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
let pki: SmallPki
let leaf: Sha256
let intermediate: Sha256
let root: Sha256
beforeAll(async () => {
  pki = await makeSmallPki(now)
  const certificates = [pki.client, pki.intermediate, pki.root].map(({ certificate }) => certificateSha256(certificate))
  ;[leaf = root, intermediate = root, root = leaf] = certificates
})

const stored = (changes: Partial<StoredIdentity> = {}): StoredIdentity => ({
  sha256: leaf,
  label: 'Ada',
  commonName: 'Ada',
  notBefore: null,
  notAfter: null,
  keyPresent: true,
  chainPresent: false,
  issuers: [],
  chain: [],
  trust: { state: 'not-needed', reason: null },
  ...changes,
})

function databaseWith(chain: Sha256[]) {
  const rows = [pki.intermediate, pki.root].map(({ certificate: der }) => ({
    sha256: certificateSha256(der),
    der,
    issuer: '',
    notBefore: '',
    notAfter: '',
  }))
  const row = { ...identityRow('Ada'), id: identity, chain }
  return {
    identities: { get: async () => row },
    certificates: { getMany: async (wanted: Sha256[]) => rows.filter(({ sha256 }) => wanted.includes(sha256)) },
  }
}

async function chainPresent(chain: Sha256[], inStore: StoredIdentity): Promise<boolean> {
  const key = { certificates: [inStore], privateKey: 'present' as const }
  const frame = {
    id: InstallId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a12'),
    identity,
    store: StoreId.parse('nss-user'),
    storeName: 'Test',
    installedAt: now.toISOString(),
    sha256: leaf,
    trust: inStore.trust,
    recorded: new Set<string>(),
    needed: await neededIssuers(databaseWith(chain), identity, key),
  }
  return seenInstall(frame, key, now).chainPresent
}

describe('the issuers of an installed certificate', () => {
  it('are present without the root, which no browser sends', async () => {
    expect(await chainPresent([intermediate, root], stored({ issuers: [intermediate] }))).toBe(true)
    expect(await chainPresent([intermediate], stored({ issuers: [intermediate] }))).toBe(true)
  })

  it('are present where the root itself signed', async () => {
    expect(await chainPresent([root], stored())).toBe(true)
  })

  it('are missing where one below the root is not there', async () => {
    expect(await chainPresent([intermediate, root], stored())).toBe(false)
    expect(await chainPresent([intermediate, root], stored({ issuers: [root] }))).toBe(false)
  })

  it('are missing where nobody knows them', async () => {
    expect(await chainPresent([], stored())).toBe(false)
  })

  it('are present where the store has the whole chain, whatever is on file', async () => {
    expect(await chainPresent([], stored({ chainPresent: true, issuers: [intermediate, root] }))).toBe(true)
  })
})
