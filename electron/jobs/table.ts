import type { Progress } from '#electron/platform/rpc'
import type { ErrorCode } from '#shared/errors'
import type { ListEncoding } from '#shared/model/authority'
import type { InspectedFile } from '#shared/model/details'
import type { RequestDraft, SubjectDraft } from '#shared/model/identity'
import type { KeyAlgorithm } from '#shared/model/key'
import type { PathVerdict } from '#shared/model/path'
import type { ClientInput } from '../pki/authority/client'
import type { CertificateFacts } from '../pki/authority/facts'
import type { Issuer } from '../pki/authority/issuer'
import type { FoundRequest, ListFile, MatchedRequests } from '../pki/authority/lists/request-list'
import type { RequestedCertificate } from '../pki/authority/requested'
import type { NewAuthority } from '../pki/authority/root'
import type { OpenedFile } from '../pki/containers/opened'
import type {
  ChosenIdentity,
  ConvertInput,
  ConvertOutput,
  IdentityInput,
  OutputFile,
  WriteInput,
} from '../pki/convert/index'
import type { CrlInput } from '../pki/crl/write'
import type { StoreRoots } from '../pki/x509/store-roots'
import type { GivenPath } from '../pki/x509/verdict'

type Report = (progress: Progress) => void

export type Renewed = { facts: CertificateFacts } | { code: ErrorCode; detail: string | null }

/**
 * Every job: name → what goes in and comes out. Inputs and outputs are structured-clonable (bytes, strings, numbers of any size) and
 * travel between processes in memory only.
 */
export interface JobTable {
  'generate-key'(input: { algorithm: KeyAlgorithm }, report: Report): Promise<{ pkcs8: Uint8Array; spki: Uint8Array }>
  /** DER PKCS#10, signed. */
  'create-request'(input: { draft: RequestDraft; pkcs8: Uint8Array }, report: Report): Promise<{ der: Uint8Array }>
  /** The same for the names of a certificate (DER). */
  'create-renewal-request'(
    input: { certificate: Uint8Array; pkcs8: Uint8Array },
    report: Report,
  ): Promise<{ der: Uint8Array }>
  /** Reads one file of any supported format; AppErrors as in `pki/containers/open.ts`. */
  'open-file'(input: { name: string; bytes: Uint8Array; password: string | null }, report: Report): Promise<OpenedFile>
  /** The same for looking only: nothing secret comes back, and what cannot be read is part of the answer. */
  'inspect-file'(
    input: { name: string; bytes: Uint8Array; password: string | null },
    report: Report,
  ): Promise<InspectedFile>
  /** `pki/convert`: opens, chooses and writes; private keys come back only inside what was written. */
  'convert-files'(input: ConvertInput, report: Report): Promise<ConvertOutput>
  'write-files'(input: WriteInput, report: Report): Promise<OutputFile[]>
  /** `pki/convert`: a certificate with its key from files, to use it once. */
  'choose-identity'(input: IdentityInput, report: Report): Promise<ChosenIdentity>
  /** PKCS#12: `store` is 3DES/SHA-1 with MAC (read by every OS store), `modern` is AES-256/PBKDF2-SHA-256. */
  'write-pkcs12'(
    input: {
      profile: 'store' | 'modern'
      pkcs8: Uint8Array
      certificate: Uint8Array
      chain: Uint8Array[]
      crls?: Uint8Array[]
      password: string
      label: string
    },
    report: Report,
  ): Promise<{ p12: Uint8Array }>
  /** `pki/path/given.ts`: a hostile pool of certificates must not block the main process. */
  'verify-path'(input: GivenPath, report: Report): Promise<PathVerdict>
  /** `pki/x509/store-roots.ts`. The engine keeps its first answer, so run it with `endsProcess`. */
  'read-store-roots'(input: Record<never, never>, report: Report): Promise<StoreRoots>
  /** scrypt (RFC 7914) over the UTF-8 passphrase. */
  'derive-key'(
    input: { passphrase: string; salt: Uint8Array; cost: number; blockSize: number; parallel: number },
    report: Report,
  ): Promise<{ key: Uint8Array }>
  /** Lists (CSV) and the requests that they name: a hostile list must not block the main process. */
  'match-list'(
    input: { lists: ListFile[]; found: FoundRequest[]; encoding: ListEncoding | null },
    report: Report,
  ): Promise<MatchedRequests>
  /** What requests (DER) ask for, signatures checked; null for what is not a request. */
  'review-requests'(input: { requests: Uint8Array[] }, report: Report): Promise<(RequestedCertificate | null)[]>
  /** `issuer` null makes a root. `name`: a subject, or the certificate (DER) that is taken over from. */
  'create-authority'(
    input: {
      name: { subject: SubjectDraft; pathLength: number | null } | { successorOf: Uint8Array }
      algorithm: KeyAlgorithm
      days: number
      now: Date
      issuer: Issuer | null
    },
    report: Report,
  ): Promise<NewAuthority>
  /** In the order of the clients; all or none. */
  'issue-certificates'(input: { issuer: Issuer; clients: ClientInput[] }, report: Report): Promise<CertificateFacts[]>
  /** In the order of the certificates (DER), each with its successor or why there is none. */
  'renew-certificates'(
    input: { issuer: Issuer; certificates: Uint8Array[]; days: number; now: Date },
    report: Report,
  ): Promise<Renewed[]>
  /** DER. */
  'write-crl'(input: { issuer: Issuer } & Omit<CrlInput, keyof Issuer>, report: Report): Promise<{ der: Uint8Array }>
}
