import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '#electron/database/database'
import type { CertificateRow } from '#electron/database/identity-rows'
import { openLocalDatabase } from '#electron/database/local'
import { inlineJobs } from '#electron/jobs/inline'
import { encodePem } from '#electron/pki/containers/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { createVerifier } from '#electron/services/identities/verify'
import { createVerify, type VerifyInput } from '#electron/services/verify'
import { noon } from '../../../support/forge'
import { temporaryFolder } from '../../../support/home'
import { activityLine, authorityRow, crlRow, identityRow } from '../../../support/rows'
import { defects, forgePki, keys, type Shape, type SmallPki } from '../../../support/small-pkis'

const pool = keys()
const shape: Shape = {
  intermediates: 1,
  limitsLength: true,
  namesUses: true,
  namesKeyUsage: true,
  constrainsNames: true,
  edgeDates: false,
  withCrls: true,
}
const ports = { jobs: inlineJobs(), clock: { now: () => noon } }
const revoked = defects.find(({ rule }) => rule === 'revoked') ?? null

const pem = (label: string, all: Uint8Array[]) => all.map((der) => encodePem(label, der)).join('')
const file = (text: string, name = 'file') => ({ name, bytes: Buffer.from(text) })

describe('files', () => {
  const verify = createVerify(ports)
  const rest: Omit<VerifyInput, 'file'> = { others: [], roots: null, at: null, revocation: 'given', password: null }

  it('are judged together, whatever is in which of them', async () => {
    const { leaf, issuers, crls } = await forgePki(shape, pool, revoked, 0)
    const heap = [pem('X509 CRL', crls), pem('CERTIFICATE', issuers)]
    const alone = file(pem('CERTIFICATE', [leaf]))
    const apart = await verify({ ...rest, file: alone, others: heap.map((text) => file(text)) })
    expect(apart.reasons.map(({ rule }) => rule)).toEqual(['revoked'])
    const all = file([...heap, pem('CERTIFICATE', [leaf])].join('Some words in between.\n'))
    expect(await verify({ ...rest, file: all })).toEqual(apart)
    expect(apart.at).toBe(noon.toISOString())
  })

  it('without a certificate say what there was instead', async () => {
    const { crls } = await forgePki(shape, pool, null, 0)
    const wanted = verify({ ...rest, file: file(pem('X509 CRL', crls), 'ca.crl') })
    await expect(wanted).rejects.toMatchObject({ code: 'nothing-usable', detail: 'ca.crl: PEM, no certificate' })
  })

  it('in large heaps are refused by their number', async () => {
    const { leaf } = await forgePki(shape, pool, null, 0)
    const heap = file(
      pem(
        'CERTIFICATE',
        Array.from({ length: 5001 }, () => leaf),
      ),
    )
    const wanted = verify({ ...rest, file: file(pem('CERTIFICATE', [leaf])), others: [heap] })
    await expect(wanted).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('a person’s own certificate', () => {
  let database: Database
  beforeEach(() => {
    database = openLocalDatabase(temporaryFolder())
  })
  afterEach(() => database.close())

  const rowOf = (der: Uint8Array): CertificateRow => {
    const { issuer, notBefore, notAfter } = viewCertificate(der)
    return { sha256: certificateSha256(der), der, issuer, notBefore, notAfter }
  }

  async function file({ leaf, issuers }: SmallPki) {
    const row = identityRow('Ada')
    await database.identities.insert(row)
    await database.identities.setCertificate(row.id, rowOf(leaf), issuers.map(rowOf), false, new Date().toISOString())
    return row.id
  }

  it('is judged by the chain it came with', async () => {
    const id = await file(await forgePki(shape, pool, null, 0))
    const { valid, path, notes } = await createVerifier({ ...ports, database })(id)
    expect(valid).toBe(true)
    expect(path.map(({ commonName }) => commonName)).toEqual(['Ada', 'Issuer 1', 'Issuer 2'])
    expect(notes.map(({ rule }) => rule)).toEqual(['revocation-unknown', 'revocation-unknown'])
  })

  it('and by the CRLs of our own issuers', async () => {
    const pki = await forgePki(shape, pool, revoked, 0)
    const id = await file(pki)
    const [issuer] = pki.issuers
    const [crl] = pki.crls
    if (issuer === undefined || crl === undefined) throw new Error('no issuer')
    const row = authorityRow('Issuer 1', { der: issuer, sha256: certificateSha256(issuer) })
    await database.authorities.insert(row, {
      children: [],
      predecessor: null,
      brought: { revoked: [], crl: null },
      issued: null,
      line: null,
    })
    const instants = { thisUpdate: noon.toISOString(), nextUpdate: noon.toISOString() }
    await database.crls.put(row.id, crlRow({ entries: 2, revocations: 2, ...instants, der: crl }), activityLine)
    const { reasons } = await createVerifier({ ...ports, database })(id)
    expect(reasons.map(({ rule }) => rule)).toEqual(['revoked'])
  })

  it('is not there before it was issued', async () => {
    const row = identityRow('Ada')
    await database.identities.insert(row)
    await expect(createVerifier({ ...ports, database })(row.id)).rejects.toMatchObject({ code: 'not-found' })
  })
})
