import type { Check } from '#shared/model/certificate'
import type { SubjectDraft } from '#shared/model/identity'
import { certificateKey, extendedKeyUsageOf, isAuthority, parseCertificate, viewCertificate } from './certificate'
import { ids } from './extensions'
import { isAcceptedSignature, signatureName } from './sign'

export interface CheckInput {
  /** DER. */
  certificate: Uint8Array
  /** DER, nearest issuer first. */
  chain: Uint8Array[]
  complete: boolean
  /** SPKI (DER) of the key it should belong to, where one is known. */
  keySpki: Uint8Array | null
  requested: SubjectDraft | null
  keyCameAlong: boolean
  now: Date
}

/**
 * What an issued certificate is good for, each point with its fact. Nothing here throws for what a certificate says.
 * Sources: RFC 5280 §4.2.1; Cloudflare's mutual TLS page for the accepted signature algorithms.
 */
export function checkIssued(input: CheckInput): Check[] {
  const checks = [key(input), leaf(input), validity(input), use(input), signature(input), chain(input)]
  if (parseCertificate(input.certificate).tbsCertificate.version < 2) {
    // Never a failure: the walkthrough's own leaf is X.509 v1, and browsers send it (measured).
    checks.push({ code: 'version-3', outcome: 'note', evidence: 'X.509 v1, without extensions' })
  }
  if (input.keyCameAlong)
    checks.push({ code: 'maker-had-key', outcome: 'warning', evidence: 'The private key came inside the file.' })
  checks.push(...subject(input))
  return checks
}

function key({ certificate, keySpki }: CheckInput): Check {
  const { keyCode } = viewCertificate(certificate)
  const matches = keySpki !== null && Buffer.compare(certificateKey(certificate), keySpki) === 0
  return { code: 'matches-key', outcome: matches ? 'pass' : 'fail', evidence: keyCode }
}

function leaf({ certificate }: CheckInput): Check {
  const authority = isAuthority(certificate)
  return { code: 'not-authority', outcome: authority ? 'fail' : 'pass', evidence: authority ? 'CA:TRUE' : 'not a CA' }
}

function validity({ certificate, now }: CheckInput): Check {
  const { notBefore, notAfter } = viewCertificate(certificate)
  const evidence = `${notBefore.slice(0, 10)} to ${notAfter.slice(0, 10)}`
  const inside = Date.parse(notBefore) <= now.getTime() && now.getTime() < Date.parse(notAfter)
  return { code: 'validity', outcome: inside ? 'pass' : 'fail', evidence }
}

function use({ certificate }: CheckInput): Check {
  const parsed = parseCertificate(certificate)
  const { keyUsage, extendedKeyUsage } = viewCertificate(certificate)
  // RFC 5280 §4.2.1.12: with clientAuth go digitalSignature and keyAgreement; servers refuse others (measured: OpenSSL).
  if (keyUsage.length > 0 && !keyUsage.includes('digitalSignature') && !keyUsage.includes('keyAgreement')) {
    return { code: 'client-use', outcome: 'fail', evidence: `Key usage: ${keyUsage.join(', ')}` }
  }
  const purposes = extendedKeyUsageOf(parsed)
  if (purposes === null)
    return { code: 'client-use', outcome: 'note', evidence: 'No use is named, so any use is allowed.' }
  const allowed = purposes.includes(ids.clientAuthentication)
  return { code: 'client-use', outcome: allowed ? 'pass' : 'fail', evidence: extendedKeyUsage.join(', ') }
}

/** Every signature on the way up counts, the root's own too: Cloudflare's list is of what may be uploaded. */
function signature({ certificate, chain }: CheckInput): Check {
  const signed = [certificate, ...chain].map(parseCertificate)
  const used = signed.map((one) => one.signatureAlgorithm.algorithm)
  const refused = used.find((identifier) => !isAcceptedSignature(identifier))
  if (refused !== undefined) return { code: 'signature-accepted', outcome: 'fail', evidence: signatureName(refused) }
  const { publicKey } = viewCertificate(certificate)
  // The certificate may be signed well and still hold a key whose own signature, in the handshake, is refused.
  const isOrdinary = /^(RSA \d|EC P-(256|384|521)$)/u.test(publicKey)
  if (!isOrdinary) return { code: 'signature-accepted', outcome: 'fail', evidence: `${publicKey} key` }
  return { code: 'signature-accepted', outcome: 'pass', evidence: signatureName(used[0] ?? '') }
}

function chain({ certificate, chain: issuers, complete }: CheckInput): Check {
  if (complete) return { code: 'chain-complete', outcome: 'pass', evidence: `${issuers.length} issuing certificates` }
  const last = viewCertificate(issuers.at(-1) ?? certificate)
  return {
    code: 'chain-complete',
    outcome: 'note',
    evidence: `The certificate of “${last.issuerCommonName ?? last.issuer}” was not in the file.`,
  }
}

function subject({ certificate, requested }: CheckInput): Check[] {
  if (requested === null) return []
  const { commonName } = viewCertificate(certificate)
  const same = commonName === requested.commonName
  return [
    { code: 'subject-as-requested', outcome: same ? 'pass' : 'warning', evidence: commonName ?? 'no Common Name' },
  ]
}
