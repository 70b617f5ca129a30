import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anyAlgorithms } from '#electron/pki/x509/algorithms'
import { createPool } from '#electron/pki/x509/pool'
import { verifyPath } from '#electron/pki/x509/verdict'
import type { PathRule } from '#shared/model/path'

/** NIST's Public Key Interoperability Test Suite, as Debian's python3-cryptography-vectors has it; valid until 2030. */
const folder = '/usr/lib/python3/dist-packages/cryptography_vectors/x509/PKITS_data'
const at = new Date('2020-06-01T12:00:00Z')

/** Sections of "Conformance Testing of Relying Party Client Certificate Path Processing Logic", by names of tests. */
const sections: [string, RegExp][] = [
  ['4.1', /^(CertificatePath|CASignature|EESignature|DSASignatures?|DSAParameterInheritance)$/u],
  ['4.2', /^(CA|EE|pre2000UTC|pre2000UTCEE|GeneralizedTime)not(Before|After)Date$/u],
  ['4.3', /^(NameChaining\w*|NameUIDs|RFC3280\w+|RolloverfromPrintableStringtoUTF8String|UTF8String\w+)$/u],
  ['4.4', /^(MissingCRL|Revoked(CA|EE)|BadCRL\w+|WrongCRL|TwoCRLs|UnknownCRL\w+|\w+nextUpdate)$/u],
  ['4.4', /^(NegativeSerialNumber|LongSerialNumber|SeparateCertificateandCRLKeys)$/u],
  ['4.5', /^BasicSelfIssued\w+$/u],
  ['4.6', /^(MissingbasicConstraints|cAFalse|basicConstraintsNotCritical|(SelfIssued)?pathLenConstraint)$/u],
  ['4.7', /^keyUsage\w+$/u],
  ['4.9', /^(SelfIssued)?requireExplicitPolicy$/u],
  ['4.10', /^(PolicyMapping|Mapping(To|From)anyPolicy)$/u],
  ['4.11', /^(SelfIssued)?inhibitPolicyMapping$/u],
  ['4.12', /^(SelfIssued)?inhibitAnyPolicy$/u],
  ['4.13', /^\w+nameConstraints$/u],
  ['4.14', /^(distributionPoint|NoissuingDistributionPoint|only\w+)$/u],
  ['4.16', /^Unknown(Not)?CriticalCertificateExtension$/u],
]

/** Indirect CRLs (in 4.14), delta CRLs (4.15). */
const outside = /^(IDP\w+|cRLIssuer|deltaCRL\w*)$/u

const hasDsa = process.versions['electron'] === undefined
/** A miss that begins to pass fails the test, so that it is taken out of here. */
const misses: Record<string, string> = {
  ...(hasDsa ? {} : { '4.1.4': 'BoringSSL checks no DSA signatures' }),
  '4.1.5': 'DSA keys without parameters are not completed; Access refuses DSA anyway',
}

/** What is wrong with the invalid ones, by their names; the first that fits. */
const rules: [RegExp, PathRule][] = [
  [/^DSASignature/u, hasDsa ? 'signature' : 'signature-unchecked'],
  [/^(CA|EE)Signature/u, 'signature'],
  [/notBefore/u, 'not-yet-valid'],
  [/notAfter/u, 'expired'],
  [/^NameChaining/u, 'issuer-name'],
  [/^(MissingCRL|WrongCRL|BadCRLIssuerName)/u, 'revocation-unknown'],
  [/^BadCRLSignature/u, 'crl-signature'],
  [/^UnknownCRL/u, 'crl-unknown-critical-extension'],
  [/CRLnextUpdate/u, 'crl-expired'],
  [/^(BasicSelfIssuedCRLSigningKeyTest8|MissingbasicConstraints|cAFalse)/u, 'not-authority'],
  [/^distributionPointTest[26]EE/u, 'revoked'],
  [/^onlySomeReasonsTest(15|16|20|21)EE/u, 'revoked'],
  [/^(distributionPoint|onlySomeReasons|onlyContainsAttribute)/u, 'crl-partitioned'],
  [/^onlyContains/u, 'revocation-unknown'],
  [/cRLSignFalse|SeparateCertificateandCRLKeysTest21/u, 'crl-issuer'],
  [/^(Revoked|BasicSelfIssued|\w+SerialNumber|Separate)/u, 'revoked'],
  [/pathLenConstraint/u, 'path-length'],
  [/keyCertSignFalse/u, 'key-usage'],
  [/nameConstraints/u, 'name-constraints'],
  [/^Mapping(To|From)anyPolicy/u, 'malformed'],
  [/Policy(Mapping)?Test/u, 'certificate-policies'],
  [/^UnknownCritical/u, 'unknown-critical-extension'],
]
const ruleOf = (file: string) => rules.find(([pattern]) => pattern.test(file.replace(/^Invalid/u, '')))?.[1]

interface PkitsTest {
  number: string
  name: string
  file: string
  valid: boolean
}

function testsIn(files: string[]): PkitsTest[] {
  return files.flatMap((file) => {
    const [, expectation, name = '', number = ''] = /^(Valid|Invalid)(\w+)Test(\d+)EE\.crt$/u.exec(file) ?? []
    if (expectation === undefined || outside.test(name)) return []
    const [section, second] = sections.filter(([, pattern]) => pattern.test(name))
    if (section === undefined || second !== undefined) throw new Error(`${file} belongs to no section, or to two`)
    const valid = expectation === 'Valid'
    return [{ number: `${section[0]}.${number}`, name: `${expectation} ${name}`, file, valid }]
  })
}

const readAll = (name: string) => readdirSync(join(folder, name)).map((file) => readFileSync(join(folder, name, file)))
const certificate = (file: string) => readFileSync(join(folder, 'certs', file))

const pool = createPool({
  certificates: readAll('certs'),
  anchors: [certificate('TrustAnchorRootCertificate.crt')],
  crls: readAll('crls'),
})
const tests = testsIn(readdirSync(join(folder, 'certs')))
const verdict = (file: string) =>
  verifyPath(certificate(file), pool, { at, revocation: 'required', algorithms: anyAlgorithms })

describe('PKITS', () => {
  it('is read without a remainder', () => {
    expect(pool.unreadable).toEqual({ certificates: [], crls: [] })
    expect(tests).toHaveLength(179)
    expect(Object.keys(misses).filter((number) => !tests.some((test) => test.number === number))).toEqual([])
  })

  it.each(tests.filter(({ number }) => misses[number] === undefined))('$number $name', ({ file, valid }) => {
    const { valid: outcome, reasons } = verdict(file)
    expect(outcome, JSON.stringify(reasons, null, 2)).toBe(valid)
    if (!valid) expect(reasons.map(({ rule }) => rule)).toContain(ruleOf(file))
  })

  it.each(tests.filter(({ number }) => misses[number] !== undefined))('$number $name is missed', (test) => {
    expect(verdict(test.file).valid, misses[test.number]).toBe(!test.valid)
  })
})
