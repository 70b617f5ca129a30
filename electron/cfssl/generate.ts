import type { Extension, GeneralName, Name } from '@peculiar/asn1-x509'
import { certify } from '#electron/pki/authority/certify'
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  basicConstraints,
  crlDistributionPoint,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from '#electron/pki/authority/extensions'
import { type Issuer, type OpenIssuer, openIssuer } from '#electron/pki/authority/issuer'
import { requireUsableKey } from '#electron/pki/authority/key-policy'
import { requireRunning, type Validity } from '#electron/pki/authority/lifetime'
import { encodeName } from '#electron/pki/authority/names'
import { type KeyPair, privateKeyOf, publicKeyOf } from '#electron/pki/keys'
import { signRequest } from '#electron/pki/request'
import { type Signer, signerFor } from '#electron/pki/sign'
import { AppError } from '#shared/errors'
import { formatIsoDate } from '#shared/logic/formatting'
import { parseDuration, parseLifetime } from './duration'
import { type CfsslWarning, type CsrFile, ignoredIn } from './files'
import { alternativeNamesOf, subjectOf } from './names'
import { pathLengthOf, type SigningProfile } from './profile'

/** The files that `cfssl gencert | cfssljson -bare` writes, except the key. All DER. */
export interface Generated {
  certificate: Uint8Array
  request: Uint8Array
  warnings: CfsslWarning[]
}

/** cfssl's default (`csr/csr.go`, CAPolicy): five years. */
const defaultAuthorityExpiry = '43800h'
const minute = 60_000

/** `gencert -initca`: a self-signed root as cfssl creates it. `key` must match the file's `key`. */
export async function generateAuthority(file: CsrFile, key: KeyPair, now: Date): Promise<Generated> {
  const name = subjectOf(file)
  const { names, warnings } = alternativeNamesOf(file.hosts)
  const signer = cfsslSignerFor(key.pkcs8)
  const { ca } = file
  const expiry = parseLifetime(ca === null || ca.expiry === '' ? defaultAuthorityExpiry : ca.expiry)
  const backdate = ca === null || ca.backdate === '' ? 5 * minute : parseDuration(ca.backdate)
  const pathLength = ca === null ? null : pathLengthOf(ca.pathlen, ca.pathlenzero)
  const certificate = await certify(
    {
      issuer: encodeName(name),
      subject: encodeName(name),
      spki: key.spki,
      validity: validityOf(now, backdate, expiry),
      extensions: [
        keyUsage('keyCertSign', 'cRLSign'),
        basicConstraints(true, pathLength ?? undefined),
        subjectKeyIdentifier(key.spki),
      ],
    },
    signer,
  )
  return {
    certificate,
    request: await signRequest(name, names, key.pkcs8, signer),
    warnings: [...warnings, ...ignoredIn(file)],
  }
}

/** `gencert -ca … -profile …`: a certificate from `issuer` for a new key, with the names in the file. */
export async function generateCertificate(
  file: CsrFile,
  key: KeyPair,
  signing: { issuer: Issuer; profile: SigningProfile; now: Date },
): Promise<Generated> {
  const name = subjectOf(file)
  const { names, warnings } = alternativeNamesOf(file.hosts)
  requireAllowed(file.CN, names, signing.profile)
  const opened = openIssuer(signing.issuer)
  const certificate = await sign({ name, names, spki: publicKeyOf(key.pkcs8) }, { ...signing, opened })
  return {
    certificate,
    request: await signRequest(name, names, key.pkcs8, cfsslSignerFor(key.pkcs8)),
    warnings: [...warnings, ...ignoredIn(file), ...shortened(signing.profile, signing.now, opened)],
  }
}

async function sign(
  { name, names, spki }: { name: Name; names: GeneralName[]; spki: Uint8Array },
  { issuer, opened, profile, now }: { issuer: Issuer; opened: OpenIssuer; profile: SigningProfile; now: Date },
): Promise<Uint8Array> {
  requireUsableKey(spki)
  const written = profile.authority === null ? names : names.filter(isKeptForAuthorities)
  requireRunning(now, opened)
  return certify(
    {
      issuer: opened.name,
      subject: encodeName(name),
      spki,
      // cfssl allows a certificate to outlive its issuer, but it does not verify after the issuer has expired.
      validity: validityOf(now, profile.backdate, profile.expiry, opened.notAfter),
      extensions: extensionsFor(profile, { spki, names: written, issuerKeyId: opened.keyIdentifier }),
    },
    cfsslSignerFor(issuer.issuerKey),
  )
}

/** cfssl removes DNS names and e-mail addresses from the certificates of issuers (`signer/local/local.go`). */
const isKeptForAuthorities = ({ dNSName, rfc822Name }: GeneralName) => dNSName === undefined && rfc822Name === undefined

/** The text that name_whitelist applies to; IP addresses are not checked. */
const textOf = ({ dNSName, rfc822Name, uniformResourceIdentifier }: GeneralName) =>
  dNSName ?? rfc822Name ?? uniformResourceIdentifier ?? ''

function requireAllowed(commonName: string, names: GeneralName[], { allowedNames }: SigningProfile): void {
  if (allowedNames === null) return
  const all = [commonName, ...names.map(textOf)]
  const refused = all.find((text) => text !== '' && !allowedNames.allows(text))
  if (refused !== undefined)
    throw new AppError('invalid-input', `The profile’s name_whitelist does not allow “${refused}”.`)
}

/** The profile's lifetime is more than its issuer has left. */
function shortened({ backdate, expiry }: SigningProfile, now: Date, { notAfter }: OpenIssuer): CfsslWarning[] {
  const wanted = validityOf(now, backdate, expiry).notAfter
  if (wanted <= notAfter) return []
  const until = formatIsoDate(notAfter.toISOString())
  const sentence = `The profile’s expiry goes beyond the issuer’s. The certificate ends with its issuer, on ${until}.`
  return [{ code: 'shortened', sentence }]
}

/** Rounds to the minute, as cfssl does, and ends no later than `latest`. Thousands of years exceed the range of a Date. */
function validityOf(now: Date, backdate: number, expiry: number, latest: Date | null = null): Validity {
  const begin = Math.floor((now.getTime() - backdate) / minute) * minute
  const end = Math.min(begin + expiry, latest?.getTime() ?? Number.POSITIVE_INFINITY)
  return { notBefore: new Date(begin), notAfter: new Date(end) }
}

/** The extensions that cfssl writes for a profile, in its order. `spki`: DER. */
function extensionsFor(
  profile: SigningProfile,
  { spki, names, issuerKeyId }: { spki: Uint8Array; names: GeneralName[]; issuerKeyId: Uint8Array },
): Extension[] {
  const { keyUsage: usages, purposes, authority, ocspUrl, issuerUrls, crlUrl } = profile
  const ocspUrls = ocspUrl === null ? [] : [ocspUrl]
  const hasUrls = ocspUrls.length + issuerUrls.length > 0
  return [
    ...(usages.length === 0 ? [] : [keyUsage(...usages)]),
    ...(purposes.length === 0 ? [] : [extendedKeyUsage(...purposes)]),
    authority === null ? basicConstraints(false) : basicConstraints(true, authority.pathLength ?? undefined),
    subjectKeyIdentifier(spki),
    authorityKeyIdentifier(issuerKeyId),
    ...(hasUrls ? [authorityInfoAccess(ocspUrls, issuerUrls)] : []),
    ...(names.length === 0 ? [] : [subjectAlternativeName(names)]),
    ...(crlUrl === null ? [] : [crlDistributionPoint(crlUrl)]),
  ]
}

/** Uses the same hash as cfssl (`signer/signer.go`, DefaultSigAlgo): longer for a longer RSA key. `pkcs8`: DER. */
function cfsslSignerFor(pkcs8: Uint8Array): Signer {
  const bits = privateKeyOf(pkcs8).asymmetricKeyDetails?.modulusLength ?? 0
  return signerFor(pkcs8, bits >= 4096 ? 'sha512' : bits >= 3072 ? 'sha384' : 'sha256')
}
