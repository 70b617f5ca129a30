import { generateKeyPairSync } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import * as extensions from '#electron/pki/authority/extensions'
import { encode, integer, oid, sequence, tags } from '#electron/pki/der'
import type { KeyPair } from '#electron/pki/keys'
import { ids } from '#electron/pki/oids'
import type { PathRule } from '#shared/model/path'
import {
  crlEntry,
  daysFrom,
  extension,
  type ForgedCertificate,
  type ForgedCrl,
  forgeCertificate,
  forgeCrl,
  nameOf,
  nextSerial,
} from './forge'

/** What is random about a small PKI, beside its defect. */
export interface Shape {
  /** Issuers between root and leaf. */
  intermediates: number
  limitsLength: boolean
  namesUses: boolean
  namesKeyUsage: boolean
  constrainsNames: boolean
  /** Old-style serial, dates at the edge of what is valid. */
  edgeDates: boolean
  withCrls: boolean
}

export interface SmallPki {
  leaf: Uint8Array
  /** Intermediates, the root last. */
  issuers: Uint8Array[]
  /** What is trusted: the root. */
  anchors: Uint8Array[]
  crls: Uint8Array[]
}

type Plan = ForgedCertificate & { key: KeyPair }

interface Draft {
  /** From the leaf up to the root. */
  certificates: Plan[]
  /** One for each certificate that issued another, in the order of `certificates`, the leaf's place empty. */
  crls: (ForgedCrl | null)[]
  /** Afterwards, to what was forged. */
  finish: (pki: SmallPki) => SmallPki
}

export interface Defect {
  rule: PathRule
  /** Whether CRLs must be there for it to show. */
  needsCrls: boolean
  /** The rule that cannot but be broken with it. */
  also?: PathRule
  /** `target`: an index into the certificates; for CRLs that of the certificate whose CRL is spoilt. */
  spoil(draft: Draft, target: number): void
}

export const keys = (): KeyPair[] => Array.from({ length: 8 }, () => keyPair('ec', { namedCurve: 'prime256v1' }))

function keyPair(kind: 'ec', options: { namedCurve: string }): KeyPair
function keyPair(kind: 'rsa', options: { modulusLength: number }): KeyPair
function keyPair(kind: 'ec' | 'rsa', options: { namedCurve: string } | { modulusLength: number }): KeyPair {
  const { privateKey, publicKey } =
    kind === 'ec' && 'namedCurve' in options
      ? generateKeyPairSync('ec', options)
      : generateKeyPairSync('rsa', { modulusLength: 'modulusLength' in options ? options.modulusLength : 2048 })
  return {
    pkcs8: privateKey.export({ type: 'pkcs8', format: 'der' }),
    spki: publicKey.export({ type: 'spki', format: 'der' }),
  }
}
const weakKey = keyPair('rsa', { modulusLength: 1024 })

const der = (value: unknown) => new Uint8Array(AsnConvert.serialize(value))
const dnsName = 'ada.people.example'

function draftOf(shape: Shape, pool: KeyPair[]): Draft {
  const count = shape.intermediates + 2
  const names = Array.from({ length: count }, (_, index) => nameOf(index === 0 ? 'Ada' : `Issuer ${index}`))
  const certificates = names.map((subject, index): Plan => {
    const above = Math.min(index + 1, count - 1)
    const key = pool[index]
    const signedBy = pool[above]
    const issuer = names[above]
    if (key === undefined || signedBy === undefined || issuer === undefined) throw new Error('more issuers than keys')
    return {
      subject,
      issuer,
      key,
      spki: key.spki,
      signedBy,
      serial: nextSerial(),
      ...(shape.edgeDates ? { notBefore: daysFrom(0), notAfter: daysFrom(0) } : {}),
      extensions: extensionsOf(shape, index, key.spki, signedBy.spki),
    }
  })
  const crls = certificates.map(({ subject, key }, index) =>
    index === 0 || !shape.withCrls ? null : { issuer: subject, signedBy: key, entries: [crlEntry(integer(1))] },
  )
  return { certificates, crls, finish: (pki) => pki }
}

function extensionsOf(shape: Shape, index: number, spki: Uint8Array, issuerSpki: Uint8Array): Uint8Array[] {
  const isLeaf = index === 0
  const usage = isLeaf ? extensions.keyUsage('digitalSignature') : extensions.keyUsage('keyCertSign', 'cRLSign')
  return [
    der(
      shape.limitsLength && !isLeaf
        ? extensions.basicConstraints(true, index - 1)
        : extensions.basicConstraints(!isLeaf),
    ),
    der(extensions.subjectKeyIdentifier(spki)),
    der(extensions.authorityKeyIdentifier(extensions.keyIdentifier(issuerSpki))),
    ...(shape.namesKeyUsage ? [der(usage)] : []),
    ...(shape.namesUses ? [der(extensions.extendedKeyUsage(ids.clientAuthentication))] : []),
    ...(shape.constrainsNames && !isLeaf ? [der(extensions.nameConstraints(['people.example']))] : []),
    ...(isLeaf ? [der(extensions.subjectAlternativeName(extensions.alternativeNamesFrom([], [dnsName])))] : []),
  ]
}

export async function forgePki(
  shape: Shape,
  pool: KeyPair[],
  defect: Defect | null,
  target: number,
): Promise<SmallPki> {
  const draft = draftOf(shape, pool)
  defect?.spoil(draft, target)
  const [leaf, ...issuers] = await Promise.all(draft.certificates.map(forgeCertificate))
  const crls = await Promise.all(draft.crls.flatMap((crl) => (crl === null ? [] : [forgeCrl(crl)])))
  if (leaf === undefined) throw new Error('a path of nothing')
  return draft.finish({ leaf, issuers, anchors: issuers.slice(-1), crls })
}

/** Replaces the extension of this identifier, or adds it. */
function setExtension(plan: Plan | undefined, id: string, value: Uint8Array): void {
  if (plan === undefined) throw new Error('no such certificate')
  const marker = Buffer.from(oid(id))
  plan.extensions = [...plan.extensions.filter((one) => Buffer.from(one).indexOf(marker) !== 2), value]
}

const at = <T>(list: T[], index: number): T => {
  const found = list[index]
  if (found === undefined || found === null) throw new Error('nothing there')
  return found
}
/** The place of an issuer, whatever the target: the leaf's own issuer instead of the leaf. */
const issuerAt = (draft: Draft, target: number) => at(draft.certificates, Math.max(1, target))
/** Any but the root, which signs itself. */
const belowRoot = (draft: Draft, target: number) => Math.min(target, draft.certificates.length - 2)
/** The CRL that speaks about the target. */
const crlFor = (draft: Draft, target: number): ForgedCrl => {
  const crl = at(draft.crls, belowRoot(draft, target) + 1)
  if (crl === null) throw new Error('no CRL')
  return crl
}

function flipLastBit(bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes)
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1
  return flipped
}

const truth = Uint8Array.of(0xff)
/** On no list of what can be checked here. */
const sha3WithRsa = sequence(oid('2.16.840.1.101.3.4.3.14'))
const crlDefect = (rule: PathRule, spoil: (crl: ForgedCrl) => void): Defect => ({
  rule,
  needsCrls: true,
  spoil: (draft, target) => spoil(crlFor(draft, target)),
})
const certificateDefect = (rule: PathRule, spoil: Defect['spoil']): Defect => ({ rule, needsCrls: false, spoil })
const crlExtension = (rule: PathRule, id: string, value: Uint8Array) =>
  crlDefect(rule, (crl) => {
    crl.extensions = [extension(id, true, value)]
  })

/** One defect for each rule. */
export const defects: Defect[] = [
  certificateDefect('no-issuer', (draft, target) => {
    const missing = belowRoot(draft, target)
    const without = (list: Uint8Array[], gone?: Uint8Array) => list.filter((one) => one !== gone)
    draft.finish = (pki) => {
      const gone = pki.issuers[missing]
      return { ...pki, issuers: without(pki.issuers, gone), anchors: without(pki.anchors, gone) }
    }
  }),
  certificateDefect('untrusted-root', (draft) => {
    draft.finish = (pki) => ({ ...pki, anchors: [] })
  }),
  certificateDefect('signature', (draft, target) => {
    const place = belowRoot(draft, target)
    draft.finish = (pki) => ({
      ...pki,
      leaf: place === 0 ? flipLastBit(pki.leaf) : pki.leaf,
      issuers: pki.issuers.map((one, index) => (index + 1 === place ? flipLastBit(one) : one)),
    })
  }),
  {
    rule: 'signature-unchecked',
    needsCrls: false,
    also: 'algorithm-refused',
    spoil(draft, target) {
      at(draft.certificates, belowRoot(draft, target)).algorithm = sha3WithRsa
    },
  },
  certificateDefect('not-yet-valid', (draft, target) => {
    Object.assign(at(draft.certificates, target), { notBefore: daysFrom(1), notAfter: daysFrom(2) })
  }),
  certificateDefect('expired', (draft, target) => {
    Object.assign(at(draft.certificates, target), { notBefore: daysFrom(-2), notAfter: daysFrom(-1) })
  }),
  certificateDefect('issuer-name', (draft, target) => {
    at(draft.certificates, belowRoot(draft, target)).issuer = nameOf('Somebody else')
  }),
  certificateDefect('not-authority', (draft, target) => {
    setExtension(issuerAt(draft, target), ids.basicConstraints, der(extensions.basicConstraints(false)))
  }),
  certificateDefect('path-length', (draft) => {
    const root = at(draft.certificates, draft.certificates.length - 1)
    setExtension(root, ids.basicConstraints, der(extensions.basicConstraints(true, 0)))
  }),
  certificateDefect('key-usage', (draft, target) => {
    const usage = target === 0 ? extensions.keyUsage('keyEncipherment') : extensions.keyUsage('cRLSign')
    setExtension(at(draft.certificates, target), ids.keyUsage, der(usage))
  }),
  certificateDefect('extended-key-usage', (draft, target) => {
    const usage = extensions.extendedKeyUsage(ids.serverAuthentication)
    setExtension(at(draft.certificates, target), ids.extendedKeyUsage, der(usage))
  }),
  certificateDefect('name-constraints', (draft, target) => {
    setExtension(issuerAt(draft, target), ids.nameConstraints, der(extensions.nameConstraints(['other.example'])))
  }),
  certificateDefect('certificate-policies', (draft, target) => {
    const demand = extension('2.5.29.36', true, sequence(encode(0x80, Uint8Array.of(0))))
    // An anchor is no part of the path, and demands nothing.
    setExtension(at(draft.certificates, belowRoot(draft, target)), '2.5.29.36', demand)
  }),
  certificateDefect('unknown-critical-extension', (draft, target) => {
    setExtension(at(draft.certificates, target), '1.2.3.4', extension('1.2.3.4', true, integer(1)))
  }),
  certificateDefect('malformed', (draft, target) => {
    const { nameConstraints } = ids
    setExtension(at(draft.certificates, target), nameConstraints, extension(nameConstraints, true, integer(1)))
  }),
  certificateDefect('algorithm-refused', (draft) => {
    const { publicKey } = generateKeyPairSync('ed25519')
    at(draft.certificates, 0).spki = publicKey.export({ type: 'spki', format: 'der' })
  }),
  certificateDefect('weak-key', (draft) => {
    at(draft.certificates, 0).spki = weakKey.spki
  }),
  {
    rule: 'revoked',
    needsCrls: true,
    spoil(draft, target) {
      const { serial } = at(draft.certificates, belowRoot(draft, target))
      if (serial === undefined) throw new Error('no serial')
      crlFor(draft, target).entries = [crlEntry(integer(1)), crlEntry(serial)]
    },
  },
  {
    rule: 'revocation-unknown',
    needsCrls: true,
    spoil(draft, target) {
      draft.crls[belowRoot(draft, target) + 1] = null
    },
  },
  {
    rule: 'crl-issuer',
    needsCrls: true,
    spoil(draft, target) {
      const issuer = at(draft.certificates, belowRoot(draft, target) + 1)
      setExtension(issuer, ids.keyUsage, der(extensions.keyUsage('keyCertSign')))
    },
  },
  {
    rule: 'crl-signature',
    needsCrls: true,
    spoil(draft, target) {
      const spoilt = belowRoot(draft, target)
      draft.finish = (pki) => ({
        ...pki,
        crls: pki.crls.map((crl, index) => (index === spoilt ? flipLastBit(crl) : crl)),
      })
    },
  },
  crlDefect('crl-signature-unchecked', (crl) => Object.assign(crl, { algorithm: sha3WithRsa })),
  crlExtension('crl-malformed', '2.5.29.28', sequence()),
  crlDefect('crl-expired', (crl) => Object.assign(crl, { thisUpdate: daysFrom(-3), nextUpdate: daysFrom(-1) })),
  crlDefect('crl-not-yet-valid', (crl) => Object.assign(crl, { thisUpdate: daysFrom(1) })),
  crlExtension('crl-delta', '2.5.29.27', integer(1)),
  crlExtension('crl-indirect', '2.5.29.28', sequence(encode(0x84, truth))),
  crlExtension('crl-partitioned', '2.5.29.28', sequence(encode(0x83, Uint8Array.of(6, 0x40)))),
  crlExtension('crl-unknown-critical-extension', '1.2.3.4', encode(tags.null)),
]
