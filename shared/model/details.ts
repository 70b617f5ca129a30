import { z } from 'zod'
import { Sha256 } from './ids'

/** One statement of a certificate, CSR, CRL or key: in words, and as the bytes that say it. Text is neutralised. */
export const DetailField = z.strictObject({
  /** Stable, for programs: `serial`, `subject.commonName`, `extension.2.5.29.19`. */
  id: z.string(),
  label: z.string(),
  /** In words; several lines are separated by `\n`. */
  value: z.string(),
  /** Lower-case hex of the DER that the words come from; null where the words are computed (a fingerprint). */
  raw: z.string().nullable(),
  oid: z.string().nullable(),
  /** Extensions only. */
  critical: z.boolean().nullable(),
})
export type DetailField = z.infer<typeof DetailField>

export const DetailGroup = z.strictObject({ title: z.string(), fields: z.array(DetailField) })
export type DetailGroup = z.infer<typeof DetailGroup>

export const ObjectKind = z.enum(['certificate', 'request', 'crl', 'private-key', 'public-key'])
export type ObjectKind = z.infer<typeof ObjectKind>

/** Everything that one object says. A private key says only what its public half says. */
export const ObjectDetails = z.strictObject({
  kind: ObjectKind,
  /** The Common Name, or what stands for it. */
  title: z.string(),
  groups: z.array(DetailGroup),
  /** Over the DER of the object, for a key over its SubjectPublicKeyInfo; lower-case hex. */
  fingerprints: z.strictObject({ sha256: Sha256, sha1: z.string(), md5: z.string() }),
  /** What is odd about it and yet readable: a negative serial, an impossible date, a name that is not UTF-8. */
  oddities: z.array(z.string()),
  /** Null for private keys. */
  pem: z.string().nullable(),
})
export type ObjectDetails = z.infer<typeof ObjectDetails>

/** Why a file, or a part of it, could not be read. */
export const InspectFailure = z.strictObject({
  /** "Block 2, “CERTIFICATE”", "Key 1"; empty for the file as a whole. */
  where: z.string(),
  code: z.enum([
    'wrong-password',
    'password-needed',
    'unsupported-algorithm',
    'unsupported-format',
    'malformed',
    'too-large',
    'too-many-iterations',
    'nothing-usable',
    'file-empty',
    'file-unreadable',
    // A bug of ours that this file brings out.
    'internal',
  ]),
  /** The algorithm's name, the place, the size, or what there was instead. */
  detail: z.string().nullable(),
})
export type InspectFailure = z.infer<typeof InspectFailure>

/** One file: what it is, what it holds, which key belongs to which certificate, and what could not be read. */
export const InspectedFile = z.strictObject({
  name: z.string(),
  format: z.string().nullable(),
  objects: z.array(ObjectDetails),
  /** Indexes into `objects`. */
  pairs: z.array(z.strictObject({ key: z.number().int(), certificate: z.number().int() })),
  /** Parts that could not be read, beside the objects that could; one entry alone where nothing could. */
  failures: z.array(InspectFailure),
  /** What was recognised and left out because it belongs to another program; sentences. */
  notes: z.array(z.string()).default([]),
})
export type InspectedFile = z.infer<typeof InspectedFile>
