import { decodePem } from '#electron/pki/containers/pem'
import { isIssuedBy, isSelfSigned, mayIssue } from '#electron/pki/x509/issued-by'
import { judge } from '#electron/pki/x509/judge'
import { titleOf } from '#electron/pki/x509/name'
import { certificatePem } from '#electron/pki/x509/pem'
import { createPool } from '#electron/pki/x509/pool'
import { type Certificate, certificateMd5, readCertificate } from '#electron/pki/x509/read'
import { isAppError } from '#shared/errors'
import type { Md5 } from '#shared/model/access-account'
import type { PlanProblem } from '#shared/model/access-plan'
import { type Instant, toInstant } from '#shared/model/ids'
import type { PathRule } from '#shared/model/path'

/** CA certificates that Access would take, the nearest issuer first and its root last. */
interface ReadCa {
  /** Written anew, so that nothing else of the file is sent. */
  pem: string
  bundle: [Md5, ...Md5[]]
  /** The earliest of their dates: from then on the path is broken. */
  expiresOn: Instant
}

type Refusal = Pick<Extract<PlanProblem, { kind: 'ca-refused' }>, 'why' | 'detail'>

export type CaReading = { ca: ReadCa } | { ca: null; refusal: Refusal }

const refuse = (why: Refusal['why'], detail = ''): CaReading => ({ ca: null, refusal: { why, detail } })

/**
 * Reads a PEM file that is to be uploaded as a CA, before Access is asked: the upload is final, and Access' own refusals name
 * no cause. What Access wants: CA certificates alone, from the issuer of the leaves up to its root, in that order, with RSA or
 * ECDSA keys and signatures (cloudflare-one/access-controls/service-credentials/mutual-tls-authentication). Only the practice
 * account takes the practice site's CA.
 */
export function readCa(pem: string, at: Date, { takesPractice = false } = {}): CaReading {
  const blocks = blocksOf(pem)
  if (blocks === null) return refuse('unreadable')
  if (blocks.some(({ label }) => label.includes('PRIVATE KEY'))) return refuse('private-key')
  if (blocks.some(({ label }) => label.includes('CERTIFICATE REQUEST'))) return refuse('request')
  const certificates = blocks.flatMap(({ label, der }) => (label === 'CERTIFICATE' ? [readOrNull(der)] : []))
  if (certificates.includes(null)) return refuse('unreadable')
  return judgeCas(
    certificates.filter((one) => one !== null),
    at,
    takesPractice,
  )
}

function blocksOf(pem: string): ReturnType<typeof decodePem> | null {
  return orNull(() => decodePem(pem))
}

const readOrNull = (der: Uint8Array): Certificate | null => orNull(() => readCertificate(der))

/** Foreign bytes that cannot be read are an answer here; everything else is a bug. */
function orNull<T>(read: () => T): T | null {
  try {
    return read()
  } catch (error) {
    if (isAppError(error, 'malformed') || isAppError(error, 'too-large')) return null
    throw error
  }
}

function judgeCas(certificates: Certificate[], at: Date, takesPractice: boolean): CaReading {
  const [first] = certificates
  if (first === undefined) return refuse('no-certificate')
  const leaf = certificates.find((one) => !mayIssue(one))
  if (leaf !== undefined) return refuse('leaf', titleOf(leaf.subject))
  const broken = rulesBroken(first, certificates, at)
  // An algorithm that Access refuses comes first: no order of the file would help.
  if (broken?.why === 'algorithm') return { ca: null, refusal: broken }
  const orphan = certificates.find((one) => !certificates.some((other) => isIssuedBy(one, other)))
  if (orphan !== undefined) return refuse('incomplete', titleOf(orphan.subject))
  const misplaced = certificates.find((one, index) => !isIssuedBy(one, certificates[index + 1] ?? one))
  if (misplaced !== undefined) return refuse('order', titleOf(misplaced.subject))
  if (broken !== null) return { ca: null, refusal: broken }
  const practice = takesPractice ? undefined : certificates.find(isForPractice)
  if (practice !== undefined) return refuse('practice', titleOf(practice.subject))
  const expiresOn = toInstant(new Date(Math.min(...certificates.map(({ notAfter }) => notAfter.getTime()))))
  if (expiresOn === null) return refuse('unreadable')
  const ders = certificates.map(({ der }) => der)
  const [one, ...others] = ders.map(certificateMd5)
  return one === undefined
    ? refuse('no-certificate')
    : { ca: { pem: ders.map(certificatePem).join(''), bundle: [one, ...others], expiresOn } }
}

const whyOf: Partial<Record<PathRule, Refusal['why']>> = {
  'algorithm-refused': 'algorithm',
  'weak-key': 'algorithm',
  'signature-unchecked': 'algorithm',
  expired: 'not-valid',
  'not-yet-valid': 'not-valid',
  malformed: 'unreadable',
  'unknown-critical-extension': 'unreadable',
  'path-length': 'order',
}

/**
 * The one judge, on the way from the first CA to its root. It judges certificates that are used, so what it says about the use
 * of the first one does not apply.
 */
function rulesBroken(first: Certificate, certificates: Certificate[], at: Date): Refusal | null {
  const ders = certificates.map(({ der }) => der)
  const anchors = certificates.filter((one) => isSelfSigned(one)).map(({ der }) => der)
  const pool = createPool({ certificates: ders, anchors, crls: [] })
  const { reasons } = judge({ certificate: first, purpose: 'client', pool, at })
  const refusals = reasons.flatMap(({ rule, about, evidence }): Refusal[] => {
    const why = whyOf[rule]
    return why === undefined ? [] : [{ why, detail: `${about}: ${evidence}` }]
  })
  return refusals.find(({ why }) => why === 'algorithm') ?? refusals[0] ?? null
}

/** A CA that may only name this computer (`.localhost`, RFC 6761 §6.3): the practice site's. */
function isForPractice({ extensions }: Certificate): boolean {
  const permitted = extensions.nameConstraints?.permitted ?? []
  const names = permitted.flatMap((name) => (name.kind === 'dns' ? [name.value.toLowerCase()] : []))
  return names.length > 0 && names.every((name) => `.${name}`.endsWith('.localhost'))
}
