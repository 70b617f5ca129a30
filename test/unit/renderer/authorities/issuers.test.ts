import { describe, expect, it } from 'vitest'
import { AuthoritySummary } from '#shared/model/authority'
import { CertificateView } from '#shared/model/certificate'
import { signerOf } from '../../../../renderer/src/screens/authorities/issued/Renew'
import {
  crlWords,
  issuedLine,
  issuerLine,
  issuerWords,
} from '../../../../renderer/src/screens/authorities/issuer-words'
import {
  firstIssuer,
  searchTree,
  signerFor,
  treeOf,
} from '../../../../renderer/src/screens/authorities/list/issuer-tree'
import { issuerSteps } from '../../../../renderer/src/screens/authorities/overview/issuer-steps'
import { nextTask } from '../../../../renderer/src/screens/authorities/overview/next-task'

const now = new Date('2026-11-23T12:00:00.000Z')
const ids = new Map<string, string>()
const idOf = (name: string): string => {
  const known = ids.get(name) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, '0')}`
  ids.set(name, known)
  return known
}

/** An issuer with a key and years to go; `parent` and `successor` are named. */
function issuer(name: string, changes: Partial<Record<keyof AuthoritySummary, unknown>> = {}): AuthoritySummary {
  const { parent = null, successor = null, ...rest } = changes
  return AuthoritySummary.parse({
    id: idOf(name),
    name,
    parent: typeof parent === 'string' ? idOf(parent) : null,
    isRoot: parent === null,
    algorithm: 'RSA 4096',
    keyCode: 'K7QD-2M5A-XWPL-3ROB',
    hasKey: true,
    signer: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2031-01-01T00:00:00.000Z',
    sha256: '0'.repeat(64),
    issued: 0,
    revoked: 0,
    revocations: 0,
    successor: typeof successor === 'string' ? idOf(successor) : null,
    archivedAt: null,
    crl: null,
    crlDue: 'no',
    needsLastCrl: false,
    ...rest,
  })
}
const crl = (nextUpdate: string | null) => ({
  number: '3',
  thisUpdate: '2026-10-01T00:00:00.000Z',
  nextUpdate,
  entries: 1,
})
const namesOf = (branches: { authority: AuthoritySummary; depth: number }[]) =>
  branches.map(({ authority, depth }) => `${'-'.repeat(depth)}${authority.name}`)

describe('the tree of issuers', () => {
  const all = [
    issuer('Old Clients', { parent: 'Root', successor: 'Clients' }),
    issuer('Devices', { parent: 'Deep' }),
    issuer('Deep', { parent: 'Root' }),
    issuer('Clients', { parent: 'Root' }),
    issuer('Root'),
    issuer('Abroad', { parent: 'Not here' }),
  ]

  it('puts each below the one that signed it, what was replaced last, and loses none', () => {
    expect(namesOf(treeOf(all))).toEqual(['Abroad', 'Root', '-Clients', '-Deep', '--Devices', '-Old Clients'])
  })

  it('keeps the issuers above what was searched for', () => {
    expect(namesOf(searchTree(treeOf(all), ' devices '))).toEqual(['Root', '-Deep', '--Devices'])
    expect(searchTree(treeOf(all), 'nothing')).toEqual([])
    expect(searchTree(treeOf(all), '')).toHaveLength(6)
  })

  it('shows an intermediate that can sign first, and signs with no other than one whose key is here', () => {
    expect(firstIssuer(treeOf(all))?.name).toBe('Clients')
    const keyless = issuer('Keyless', { hasKey: false })
    expect(signerFor(keyless, treeOf([keyless, ...all]))?.name).toBe('Clients')
    expect(signerFor(keyless, treeOf([keyless]))).toBeNull()
    expect(firstIssuer([])).toBeNull()
  })
})

describe('who renews', () => {
  it('is the newest successor, and never goes round in a circle', () => {
    const first = issuer('First', { successor: 'Second' })
    const second = issuer('Second', { successor: 'Third' })
    const third = issuer('Third')
    const all = [first, second, third]
    expect(signerOf(first, all).name).toBe('Third')
    expect(signerOf(third, all).name).toBe('Third')
    expect(signerOf(first, []).name).toBe('First')
    expect(signerOf(first, [first, issuer('Second', { successor: 'First' })]).name).toMatch(/First|Second/u)
  })
})

describe('the words on an issuer', () => {
  it('says the most pressing thing', () => {
    const words = (changes: Parameters<typeof issuer>[1]) => issuerWords(issuer('Any', changes), now).words
    expect(words({})).toBe('Ready')
    expect(words({ crlDue: 'soon' })).toBe('CRL due soon')
    expect(words({ crlDue: 'now' })).toBe('CRL due')
    expect(words({ notAfter: '2027-01-01T00:00:00.000Z' })).toBe('39 days left')
    expect(words({ hasKey: false, crlDue: 'now' })).toBe('No key here')
    expect(words({ successor: 'Root', crlDue: 'now' })).toBe('Replaced')
    expect(words({ notAfter: '2026-01-02T00:00:00.000Z', successor: 'Root' })).toBe('Expired')
  })

  it('counts what was issued and what was taken back', () => {
    expect(issuedLine(issuer('Any'))).toBe('Nothing issued yet.')
    expect(issuedLine(issuer('Any', { issued: 1 }))).toBe('1 certificate issued.')
    expect(issuedLine(issuer('Any', { issued: 7, revoked: 2 }))).toBe('7 certificates issued, 2 of them revoked.')
    expect(issuerLine(issuer('Any', { parent: 'Root' }))).toMatch(/^Until 1 Jan 2031$/u)
  })

  it('tells why a revocation list is due', () => {
    expect(crlWords(issuer('Any', { crlDue: 'now' }), now)).toContain('no list says so yet')
    expect(crlWords(issuer('Any', { crlDue: 'now', crl: crl('2026-11-01T00:00:00.000Z') }), now)).toContain(
      'expired on',
    )
    expect(crlWords(issuer('Any', { crlDue: 'now', crl: crl('2026-12-20T00:00:00.000Z') }), now)).toContain(
      'revoked after the last list',
    )
    expect(crlWords(issuer('Any', { crlDue: 'soon', crl: crl('2026-11-25T00:00:00.000Z') }), now)).toContain(
      'expires on',
    )
    expect(crlWords(issuer('Any', { crlDue: 'soon', crl: crl(null) }), now)).toContain('does not say')
    const ahead = { ...crl('2028-12-01T00:00:00.000Z'), thisUpdate: '2028-11-01T00:00:00.000Z' }
    expect(crlWords(issuer('Any', { crlDue: 'now', crl: ahead }), now)).toContain('dated 1 Nov 2028')
    expect(crlWords(issuer('Any'), now)).toBe('')
  })
})

describe('what to do next with an issuer', () => {
  const next = (changes: Parameters<typeof issuer>[1], children: AuthoritySummary[] = []) =>
    nextTask({ summary: issuer('Any', changes), children }, now)

  it('leads from a fresh root to the first certificate', () => {
    expect(next({})).toBe('make-intermediate')
    expect(next({}, [issuer('Child', { parent: 'Any' })])).toBe('nothing')
    expect(next({ parent: 'Root' })).toBe('save-chain')
    expect(next({ parent: 'Root', issued: 3 })).toBe('nothing')
  })

  it('puts what is urgent before what is next', () => {
    expect(next({ crlDue: 'now' })).toBe('write-crl')
    expect(next({ hasKey: false, crlDue: 'now' })).toBe('no-key')
    expect(next({ notAfter: '2026-11-22T00:00:00.000Z', crlDue: 'now' })).toBe('replace')
    expect(next({ notAfter: '2027-01-22T00:00:00.000Z', issued: 3 })).toBe('replace-soon')
    expect(next({ successor: 'Root', notAfter: '2027-01-22T00:00:00.000Z' })).toBe('look-at-successor')
  })

  it('shows how far an issuer is', () => {
    const view = CertificateView.parse({
      sha256: '0'.repeat(64),
      sha1: '',
      commonName: 'Any',
      subject: 'CN=Any',
      issuer: 'CN=Any',
      issuerCommonName: 'Any',
      serial: '01',
      version: 3,
      notBefore: '2026-01-01T00:00:00.000Z',
      notAfter: '2031-01-01T00:00:00.000Z',
      publicKey: 'RSA 4096',
      keyCode: 'K7QD-2M5A-XWPL-3ROB',
      signatureAlgorithm: '',
      isAuthority: true,
      selfSigned: true,
      keyUsage: [],
      extendedKeyUsage: [],
      alternativeNames: [],
      pem: '',
    })
    const states = (changes: Parameters<typeof issuer>[1], chainComplete = true) =>
      issuerSteps(
        { summary: issuer('Any', changes), certificate: view, chain: [view], chainComplete, children: [] },
        now,
      )
        .map(({ state }) => state)
        .join(' ')
    expect(states({})).toBe('done done done next later')
    expect(states({ issued: 2, crl: crl('2026-12-20T00:00:00.000Z') })).toBe('done done done done done')
    expect(states({ hasKey: false, crlDue: 'now' }, false)).toBe('withheld done failed withheld failed')
    expect(states({ notAfter: '2026-11-22T00:00:00.000Z', crlDue: 'now' })).toBe('done failed done withheld next')
    expect(states({ archivedAt: '2026-11-01T00:00:00.000Z' }), 'nothing is issued with it').toBe(
      'done done done withheld later',
    )
    expect(states({ successor: 'Other' })).toBe('done done done withheld later')
    expect(states({ crlDue: 'now' }), 'one thing at a time').toBe('done done done later next')
    expect(states({ needsLastCrl: true })).toBe('done done done later later')
  })
})
