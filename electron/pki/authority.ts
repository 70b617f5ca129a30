import { randomBytes } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  Certificate,
  CertificateList,
  type Extension,
  Extensions,
  type Name,
  RevokedCertificate,
  SubjectPublicKeyInfo,
  TBSCertificate,
  TBSCertList,
  Time,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import { AppError } from '#shared/errors'
import type { SubjectDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'
import { parseCertificate, viewCertificate } from './certificate'
import {
  alternativeNamesFrom,
  authorityKeyIdentifier,
  basicConstraints,
  crlNumber,
  extendedKeyUsage,
  ids,
  keyIdentifier,
  keyUsage,
  nameConstraints,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './extensions'
import { generateKey, type KeyPair, publicKeyOf } from './keys'
import { nameFrom } from './names'
import { parseRequest, readRequest } from './request'
import { signerFor } from './sign'

/** Whoever signs: certificate (DER) and its key (PKCS#8, DER). */
export interface Issuer {
  issuerCertificate: Uint8Array
  issuerKey: Uint8Array
}

export interface NewAuthority extends KeyPair {
  /** DER. */
  certificate: Uint8Array
}

interface AuthorityInput {
  subject: SubjectDraft
  algorithm: KeyAlgorithm
  /** Lifetime in days; an intermediate's never exceeds its issuer's. */
  days: number
  now: Date
  /** Name constraint: only these DNS names (RFC 5280 §4.2.1.10). */
  permittedDns?: string[]
}

/** A self-signed root: CA:TRUE, keyCertSign and cRLSign, both critical, with its key identifier. */
export async function createRoot(input: AuthorityInput): Promise<NewAuthority> {
  const key = await generateKey(input.algorithm)
  const name = nameFrom(input.subject)
  const constraints = input.permittedDns === undefined ? [] : [nameConstraints(input.permittedDns)]
  const certificate = await issue({
    issuerName: name,
    issuerKey: key.pkcs8,
    subject: name,
    spki: key.spki,
    validity: lifetime(input.now, input.days, null),
    extensions: [
      basicConstraints(true),
      keyUsage('keyCertSign', 'cRLSign'),
      subjectKeyIdentifier(key.spki),
      ...constraints,
    ],
  })
  return { ...key, certificate }
}

/** An intermediate under `issuerCertificate`. Refuses the issuer's own name: two equal names make verification a matter of file order. */
export async function createIntermediate(input: AuthorityInput & Issuer): Promise<NewAuthority> {
  const key = await generateKey(input.algorithm)
  const { name, spki, notAfter } = issuerOf(input.issuerCertificate)
  const subject = nameFrom(input.subject)
  if (sameName(subject, name)) throw new AppError('invalid-input', 'An issuer below another needs a name of its own.')
  const certificate = await issue({
    issuerName: name,
    issuerKey: input.issuerKey,
    subject,
    spki: key.spki,
    validity: lifetime(input.now, input.days, notAfter),
    extensions: [
      basicConstraints(true, 0),
      keyUsage('keyCertSign', 'cRLSign'),
      subjectKeyIdentifier(key.spki),
      authorityKeyIdentifier(keyIdentifier(spki)),
    ],
  })
  return { ...key, certificate }
}

interface LeafInput extends Issuer {
  days: number
  now: Date
}

/**
 * A client certificate for a request (PKCS#10, DER): X.509 v3, CA:FALSE, clientAuth, digitalSignature. Subject and key are
 * the request's; the extensions it asks for are not taken over. Errors: `malformed` when its signature is wrong.
 */
export async function issueClient(input: LeafInput & { requestDer: Uint8Array }): Promise<Uint8Array> {
  const { signatureValid } = await readRequest(input.requestDer)
  if (!signatureValid)
    throw new AppError('malformed', 'The signature of the request is wrong, so nobody has proven to own its key.')
  const { subject, subjectPKInfo } = parseRequest(input.requestDer).certificationRequestInfo
  return issueLeaf(input, subject, new Uint8Array(AsnConvert.serialize(subjectPKInfo)), [
    keyUsage('digitalSignature'),
    extendedKeyUsage(ids.clientAuthentication),
  ])
}

/** A server certificate for `dnsNames`, for the practice site. */
export function issueServer(input: LeafInput & { dnsNames: string[]; spki: Uint8Array }): Promise<Uint8Array> {
  const [commonName = 'server'] = input.dnsNames
  const subject = nameFrom({
    commonName,
    organization: '',
    organizationalUnit: '',
    locality: '',
    state: '',
    country: '',
  })
  return issueLeaf(input, subject, input.spki, [
    keyUsage('digitalSignature', 'keyEncipherment'),
    extendedKeyUsage(ids.serverAuthentication),
    subjectAlternativeName(alternativeNamesFrom([], input.dnsNames)),
  ])
}

function issueLeaf(input: LeafInput, subject: Name, spki: Uint8Array, extensions: Extension[]): Promise<Uint8Array> {
  const issuer = issuerOf(input.issuerCertificate)
  return issue({
    issuerName: issuer.name,
    issuerKey: input.issuerKey,
    subject,
    spki,
    validity: lifetime(input.now, input.days, issuer.notAfter),
    extensions: [
      basicConstraints(false),
      ...extensions,
      subjectKeyIdentifier(spki),
      authorityKeyIdentifier(keyIdentifier(issuer.spki)),
    ],
  })
}

interface IssueInput {
  issuerName: Name
  issuerKey: Uint8Array
  subject: Name
  spki: Uint8Array
  validity: Validity
  extensions: Extension[]
}

async function issue(input: IssueInput): Promise<Uint8Array> {
  const signer = signerFor(input.issuerKey)
  const body = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumber(),
    signature: signer.algorithm,
    issuer: input.issuerName,
    validity: input.validity,
    subject: input.subject,
    subjectPublicKeyInfo: AsnConvert.parse(input.spki, SubjectPublicKeyInfo),
    extensions: new Extensions(input.extensions),
  })
  const signature = await signer.sign(new Uint8Array(AsnConvert.serialize(body)))
  const certificate = new Certificate({
    tbsCertificate: body,
    signatureAlgorithm: signer.algorithm,
    signatureValue: Uint8Array.from(signature).buffer,
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}

/** 127 random bits, positive and never zero (RFC 5280 §4.1.2.2 allows 20 octets; CA/B Forum asks for 64 random bits). */
function serialNumber(): ArrayBuffer {
  const bytes = Uint8Array.from(randomBytes(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.buffer
}

/** From five minutes ago, for clocks that are a little behind; never beyond the issuer. */
function lifetime(now: Date, days: number, issuerEnd: Date | null): Validity {
  const notBefore = new Date(Math.floor(now.getTime() / 1000) * 1000 - 300_000)
  const wanted = new Date(notBefore.getTime() + days * 86_400_000)
  const notAfter = issuerEnd !== null && issuerEnd < wanted ? issuerEnd : wanted
  return new Validity({ notBefore, notAfter })
}

function issuerOf(der: Uint8Array) {
  const { subject, subjectPublicKeyInfo, validity } = parseCertificate(der).tbsCertificate
  return {
    name: subject,
    spki: new Uint8Array(AsnConvert.serialize(subjectPublicKeyInfo)),
    notAfter: validity.notAfter.getTime(),
  }
}

const sameName = (a: Name, b: Name) => Buffer.from(AsnConvert.serialize(a)).equals(Buffer.from(AsnConvert.serialize(b)))

export interface Revocation {
  /** As in `CertificateView.serial`: hex, colons allowed. */
  serial: string
  at: Date
}

export interface CrlInput extends Issuer {
  revoked: Revocation[]
  number: number
  now: Date
  nextUpdateDays: number
}

/** A full CRL (RFC 5280 §5), v2, DER, signed by the issuer itself. */
export async function createCrl(input: CrlInput): Promise<Uint8Array> {
  const signer = signerFor(input.issuerKey)
  const issuer = issuerOf(input.issuerCertificate)
  const body = new TBSCertList({
    version: Version.v2,
    signature: signer.algorithm,
    issuer: issuer.name,
    thisUpdate: new Time(input.now),
    nextUpdate: new Time(new Date(input.now.getTime() + input.nextUpdateDays * 86_400_000)),
    crlExtensions: [authorityKeyIdentifier(keyIdentifier(publicKeyOf(input.issuerKey))), crlNumber(input.number)],
  })
  // An empty list must be absent, not empty (RFC 5280 §5.1.2.6).
  if (input.revoked.length > 0) body.revokedCertificates = input.revoked.map(revoked)
  const signature = await signer.sign(new Uint8Array(AsnConvert.serialize(body)))
  const list = new CertificateList({
    tbsCertList: body,
    signatureAlgorithm: signer.algorithm,
    signature: Uint8Array.from(signature).buffer,
  })
  return new Uint8Array(AsnConvert.serialize(list))
}

function revoked({ serial, at }: Revocation): RevokedCertificate {
  const bytes = Buffer.from(serial.replace(/:/gu, ''), 'hex')
  // The spelling leaves out the zero that keeps a first octet of 0x80 and more from meaning a negative number.
  const positive = (bytes[0] ?? 0) >= 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes
  return new RevokedCertificate({ userCertificate: Uint8Array.from(positive).buffer, revocationDate: new Time(at) })
}

/** For lists and revocation: the serial as `CertificateView` spells it. */
export const serialOf = (der: Uint8Array): string => viewCertificate(der).serial
