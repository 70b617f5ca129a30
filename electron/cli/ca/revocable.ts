import { stat } from 'node:fs/promises'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import type { AuthoritySummary, IssuedCertificate } from '#shared/model/authority'
import type { Revocable } from '#shared/model/revocation'
import { readFiles } from '../read-files'
import { findAuthority, findIssued, looksLikePath } from './find'

/** `listed`: named as it stands in the list of what was issued here. */
export type Found = { kind: 'listed'; certificate: IssuedCertificate } | { kind: 'recognised'; revocable: Revocable }

interface Wanted {
  certificate?: string | undefined
  issuer?: string | undefined
  serial?: string | undefined
}

/** A certificate by its file, whoever issued it where; by issuer and serial number; or by its name in the list. */
export async function findRevocable(services: Services, { certificate, issuer, serial }: Wanted): Promise<Found> {
  if (serial !== undefined && certificate !== undefined)
    throw new AppError('invalid-input', 'Name a certificate or a serial number (--serial), not both.')
  if (serial !== undefined) return { kind: 'recognised', revocable: await bySerial(services, issuer, serial) }
  if (certificate === undefined)
    throw new AppError('invalid-input', 'Name a certificate, or its issuer and serial number (--issuer, --serial).')
  const within = issuer === undefined ? null : await findAuthority(services, issuer)
  const revocable = await byFile(services, certificate, within)
  if (revocable !== null) return { kind: 'recognised', revocable }
  const listed = await findIssued(services, certificate)
  if (within !== null && (await keysOf(services, within)).every(({ id }) => id !== listed.authority))
    throw new AppError('not-found', `“${within.name}” has issued no certificate that is “${certificate}”.`)
  return { kind: 'listed', certificate: listed }
}

/** Null where there is no such file, or where a name in the list happens to be that of a file of another kind. */
async function byFile(services: Services, path: string, within: AuthoritySummary | null): Promise<Revocable | null> {
  const found = await stat(path).catch(() => null)
  if (found?.isFile() !== true) return null
  try {
    return await services.authorities.readRevocableFiles(await readFiles([path]), within?.id ?? null)
  } catch (error) {
    if (isAppError(error) && error.code !== 'invalid-input' && !looksLikePath(path)) return null
    throw error
  }
}

/** An issuer that was named as such may have signed it with an earlier key: the one that knows the number is meant. */
async function bySerial(services: Services, issuer: string | undefined, serial: string): Promise<Revocable> {
  const current = await findAuthority(services, issuer)
  const isExact = issuer === current.id || issuer === current.keyCode
  const keys = isExact ? [current] : await keysOf(services, current)
  const all: Revocable[] = []
  for (const { id } of keys) all.push(await services.authorities.readRevocableSerial(id, serial))
  const known = all.find(({ certificate, revokedAt }) => certificate !== null || revokedAt !== null) ?? all[0]
  if (known === undefined) throw new Error('An issuer has no key.')
  return known
}

/** The issuer and those whose successor it is, newest first. */
async function keysOf(services: Services, current: AuthoritySummary): Promise<AuthoritySummary[]> {
  const all = await services.authorities.list()
  const keys = [current]
  for (const key of keys) keys.push(...all.filter(({ successor, id }) => successor === key.id && id !== current.id))
  return keys
}
