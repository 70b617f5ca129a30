import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { askServer } from '#electron/platform/ask-server'
import { parseJson } from '#electron/platform/parse-json'
import { AppError } from '#shared/errors'
import { isThisMachine } from '#shared/logic/address'
import type { DecidedNames } from '#shared/model/authority'

/** A running `cfssl serve` (cfssl `doc/api/`). */
export interface RemoteSigner {
  /** Its address, without a path: `http://127.0.0.1:8888`. */
  url: URL
  label: string
  profile: string
  /** One of the `auth_keys` of its configuration, hex; null if it needs no authentication. */
  authKey: string | null
}

const Envelope = z.object({
  success: z.boolean(),
  result: z.unknown(),
  errors: z.array(z.object({ code: z.number(), message: z.string() })).default([]),
})
const Info = z.object({ certificate: z.string(), usages: z.array(z.string()).nullable(), expiry: z.string() })
const Signed = z.object({ certificate: z.string() })

const timeoutMs = 15_000
const MAX_BYTES = 1024 * 1024

/**
 * `info`: the signer's own certificate (PEM), and the usages and lifetime of the profile. Errors: `signer-unreachable`,
 * `signer-refused`, and `signer-wrong` for a response that is not cfssl's.
 */
export async function remoteInfo(signer: RemoteSigner): Promise<z.infer<typeof Info>> {
  return answer(Info, await post(signer, 'info', { label: signer.label, profile: signer.profile }))
}

/**
 * `sign`, or `authsign` if there is a key: returns the certificate (PEM) for a request (PEM), without checking it. If `names` is
 * null, cfssl uses the requester's. It fills an empty field of `names` from the request (`PopulateSubjectFromCSR`).
 */
export async function remoteSign(
  signer: RemoteSigner,
  requestPem: string,
  names: DecidedNames | null,
): Promise<string> {
  const { label, profile, authKey } = signer
  const body = { certificate_request: requestPem, label, profile, ...(names === null ? {} : cfsslNames(names)) }
  if (authKey === null) return answer(Signed, await post(signer, 'sign', body)).certificate
  const request = Buffer.from(JSON.stringify(body))
  const token = createHmac('sha256', keyOf(authKey)).update(request).digest('base64')
  return answer(Signed, await post(signer, 'authsign', { token, request: request.toString('base64') })).certificate
}

/** The names in cfssl's format (`signer.Subject`, `csr.Name`). An empty `hosts` replaces the requester's, too. */
function cfsslNames({ subject, emails, dnsNames }: DecidedNames) {
  const { commonName, country, state, locality, organization, organizationalUnit } = subject
  const name = { C: country, ST: state, L: locality, O: organization, OU: organizationalUnit }
  return { subject: { CN: commonName, names: [name] }, hosts: [...emails, ...dnsNames] }
}

function keyOf(hex: string): Buffer {
  if (!/^([0-9a-f]{2})+$/iu.test(hex))
    throw new AppError('invalid-input', 'The authentication key of the signer is not hexadecimal.')
  return Buffer.from(hex, 'hex')
}

function answer<Result>(schema: z.ZodType<Result>, text: string): Result {
  const envelope = Envelope.safeParse(parseJson(text))
  if (!envelope.success) throw new AppError('signer-wrong', 'The server at this address is not cfssl.')
  const { success, result, errors } = envelope.data
  if (!success) {
    const reasons = errors.map(({ code, message }) => `${code} ${message}`).join('; ')
    throw new AppError('signer-refused', reasons === '' ? 'without a reason' : reasons)
  }
  const parsed = schema.safeParse(result)
  if (!parsed.success) throw new AppError('signer-wrong', 'The signer’s response is incomplete.')
  return parsed.data
}

async function post({ url }: RemoteSigner, endpoint: string, body: unknown): Promise<string> {
  try {
    const { bytes } = await askServer({
      url: new URL(`/api/v1/cfssl/${endpoint}`, url),
      body: { type: 'application/json', bytes: Buffer.from(JSON.stringify(body)) },
      maxBytes: MAX_BYTES,
      timeoutMs,
    })
    return bytes.toString('utf8')
  } catch (error) {
    throw new AppError('signer-unreachable', error instanceof Error ? error.message : null)
  }
}

/**
 * Parses the address of a `cfssl serve`, such as `http://127.0.0.1:8888`, without any path. Over plain http to another machine,
 * the traffic could be read and the response forged, so that must be allowed explicitly (`plainHttp`). Errors: `invalid-input`.
 */
export function signerAddress(text: string, plainHttp: boolean): URL {
  const url = parsed(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new AppError(
      'invalid-input',
      'The address of a signer must be an http or https URL, such as http://127.0.0.1:8888.',
    )
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && !plainHttp)
    throw new AppError('invalid-input', 'Plain http to another machine can be read and modified in transit. Use https.')
  return new URL(url.origin)
}

function parsed(text: string): URL | null {
  try {
    return new URL(text.trim())
  } catch {
    return null
  }
}
