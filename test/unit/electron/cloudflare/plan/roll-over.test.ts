import { beforeAll, describe, expect, test } from 'vitest'
import { explain } from '#electron/cloudflare/explain/explain'
import { nothingManaged } from '#electron/cloudflare/plan/managed'
import { type RollOverStage, rollOver } from '#electron/cloudflare/plan/roll-over'
import { simulate } from '#electron/cloudflare/plan/simulate'
import { createRoot } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateMd5 } from '#electron/pki/x509/read'
import { problemWords } from '#shared/logic/access/plan-words'
import type { AccessAccount, Md5 } from '#shared/model/access-account'
import {
  account,
  application,
  ca,
  certificateOf,
  policy,
  readAt,
  rules,
  withCertificate,
} from '../../../../support/access-accounts'
import { makeSmallPki, named } from '../../../../support/certificates'

const at = new Date(readAt)
const hostnames = ['wiki.acme.example', 'files.acme.example']
let next = { name: 'Acme G2', pem: '' }
let fingerprint: Md5

beforeAll(async () => {
  const { certificate } = await createRoot({ algorithm: 'p-256', days: 3650, now: at, subject: named('Acme G2') })
  next = { ...next, pem: certificatePem(certificate) }
  fingerprint = certificateMd5(certificate)
})

const auth = policy('By certificate', 'non_identity', rules([{ kind: 'valid-certificate' }]))
const old = ca('Acme 2023', hostnames)
const acme = account({
  cas: [old, ca('Partner', ['files.acme.example'])],
  applications: hostnames.map((hostname) => application(hostname, [hostname], [auth])),
  policies: [auth],
})

function step(parts: AccessAccount, stage: RollOverStage) {
  const { changes } = rollOver(parts, old, next, stage, nothingManaged)
  return { kinds: changes?.map(({ kind }) => kind), account: (changes ?? []).reduce(simulate, parts) }
}

const letsIn = (parts: AccessAccount) =>
  [certificateOf('Acme 2023', 'Mira Falk'), certificateOf('Acme G2', 'Mira Falk', { issuers: [fingerprint] })].map(
    (certificate) =>
      hostnames.map(
        (hostname) =>
          explain(parts, withCertificate(certificate), { hostname, path: '/' }, readAt).verdict === 'let-in',
      ),
  )

describe('rolling a CA over', () => {
  test('first has both side by side, so that everybody gets in', () => {
    const { kinds, account: overlapping } = step(acme, 'overlap')
    expect(kinds).toEqual(['create-ca', 'set-ca-hostnames'])
    expect(letsIn(overlapping)).toEqual([
      [true, true],
      [true, true],
    ])
  })

  test('then tests both, takes the old one off and deletes it, and leaves other CAs alone', () => {
    const { kinds, account: finished } = step(step(acme, 'overlap').account, 'finish')
    expect(kinds).toEqual(['test-hostname', 'test-hostname', 'set-ca-hostnames', 'delete-ca'])
    expect(letsIn(finished)).toEqual([
      [false, false],
      [true, true],
    ])
    expect(finished.cas.map(({ name, hostnames: own }) => [name, own])).toEqual([
      ['Partner', ['files.acme.example']],
      ['Acme G2', hostnames],
    ])
  })

  test('tests before it takes anything away also in one go', () => {
    expect(step(acme, 'finish').kinds).toEqual([
      'create-ca',
      'set-ca-hostnames',
      'test-hostname',
      'test-hostname',
      'set-ca-hostnames',
      'delete-ca',
    ])
  })

  test('is refused on a hostname that is managed elsewhere', () => {
    const managed = { ...nothingManaged, hostnames: ['Wiki.acme.example'] }
    const { problems } = rollOver(acme, old, next, 'overlap', managed)
    expect(problems).toEqual([{ kind: 'managed-elsewhere', what: 'hostname', name: 'wiki.acme.example' }])
  })

  /** Two chains below one root, of which Access reports the root alone, as it may. */
  const belowOneRoot = async () => {
    const small = await makeSmallPki(at)
    const known = account({
      ...acme,
      cas: [ca('Acme 2023', hostnames, { fingerprint: certificateMd5(small.root.certificate), bundle: null })],
    })
    return { known, pem: certificatePem(small.intermediate.certificate) + certificatePem(small.root.certificate) }
  }

  test('is refused where both may be the same, and where they are', async () => {
    const { known, pem } = await belowOneRoot()
    const [existing] = known.cas
    if (existing === undefined) throw new Error('There is one.')
    const problemsWith = (name: string) =>
      rollOver(known, existing, { name, pem }, 'overlap', nothingManaged).problems.map(problemWords)
    expect(problemsWith('Acme G2')).toEqual([expect.stringContaining('cannot be told apart')])
    expect(problemsWith('Acme 2023')).toEqual([expect.stringContaining('cannot take its own place')])
    const itself = { ...old, fingerprint, bundle: null }
    expect(rollOver({ ...acme, cas: [itself] }, itself, next, 'finish', nothingManaged).problems).toEqual([
      { kind: 'same-ca', name: 'Acme 2023' },
    ])
  })

  test('does not take the name of another CA, which would lose its hostnames', () => {
    const { changes, problems } = rollOver(acme, old, { ...next, name: 'Partner' }, 'overlap', nothingManaged)
    expect(changes).toBeNull()
    expect(problems).toContainEqual({ kind: 'ambiguous', what: 'CA', name: 'Partner' })
  })
})
