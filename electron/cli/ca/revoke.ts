import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { formatIsoDate } from '#shared/logic/formatting'
import { type AuthoritySummary, type IssuedCertificate, RevocationReason } from '#shared/model/authority'
import type { Revocable, Revocation } from '#shared/model/revocation'
import { readFiles } from '../input-files'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { parsed } from '../subject'
import { findAuthority, findIssued, looksLikePath } from './find'

interface Options extends CommonOptions {
  issuer?: string
  serial?: string
  reason: string
}

const help = `
To revoke a certificate that the issuer signed before it was imported, give its file; it is then added to the list of issued
certificates. Without the file, give its serial number. Serial numbers are hex, as openssl and Latchkey show them; for a decimal
number, as cfssl shows it, write decimal:1234.
${examples(
  'latchkey ca revoke client.pem --reason key-compromise',
  'latchkey ca revoke old-client.pem --issuer "My Root"',
  'latchkey ca revoke --issuer "My Root" --serial 1A:2B:3C',
)}`

export function addRevoke(ca: Command, runner: Runner): void {
  withJson(ca.command('revoke'))
    .summary('revoke a certificate; recorded at once, and a new CRL is due')
    .argument('[certificate]', 'its file, serial number, fingerprint (SHA-256) or name')
    .option('--issuer <name>', 'the issuer that signed it: name, key code or ID')
    .option('--serial <number>', 'serial number instead of a certificate, in hex or as decimal:…')
    .option('--reason <reason>', RevocationReason.options.join(', '), 'unspecified')
    .addHelpText('after', help)
    .action((certificate: string | undefined, options: Options) =>
      runner.run('ca revoke', options, 'records', async (services) => {
        const reason = parsed(RevocationReason, options.reason)
        const found = await findRevocable(services, { ...options, certificate })
        const revoked =
          found.kind === 'listed'
            ? await revokeListed(services, found.certificate, reason)
            : await services.authorities.revokeOther(found.revocable.target, reason)
        const { certificate: listed, ...revocation } = revoked
        return { exitCode: 0, json: { certificate: listed, revocation }, text: sentences(revoked) }
      }),
    )
}

async function revokeListed(
  { authorities }: Services,
  { sha256, status }: IssuedCertificate,
  wanted: RevocationReason,
): Promise<Revocation> {
  const certificate = await authorities.revoke(sha256, wanted)
  const { authority, serial, revokedAt, reason } = certificate
  if (revokedAt === null || reason === null) throw new Error('A revoked certificate has no revocation date or reason.')
  const issuer = (await authorities.list()).find(({ id }) => id === authority)?.name ?? ''
  return { authority, issuer, serial, certificate, revokedAt, reason, isNew: status !== 'revoked' }
}

function sentences({ certificate, issuer, serial, revokedAt, isNew }: Revocation): string {
  const what = certificate === null ? `Serial number ${serial} of “${issuer}”` : `${certificate.commonName} (${serial})`
  const done = isNew ? `${what} is revoked.` : `${what} was already revoked on ${formatIsoDate(revokedAt)}.`
  const endless = certificate === null ? ' It remains on every CRL, because its expiry date is unknown.' : ''
  return `${done}${endless} Next, write a new CRL: latchkey ca crl`
}

/** `listed`: found in the list of issued certificates. `recognised`: read from a file or given as a serial number. */
type Found = { kind: 'listed'; certificate: IssuedCertificate } | { kind: 'recognised'; revocable: Revocable }

interface Wanted {
  certificate?: string | undefined
  issuer?: string | undefined
  serial?: string | undefined
}

/** Finds a certificate by its file, also one issued elsewhere; by issuer and serial number; or by its name in the list. */
async function findRevocable(services: Services, { certificate, issuer, serial }: Wanted): Promise<Found> {
  if (serial !== undefined && certificate !== undefined)
    throw new AppError('invalid-input', 'Specify either a certificate or a serial number (--serial), not both.')
  if (serial !== undefined) return { kind: 'recognised', revocable: await bySerial(services, issuer, serial) }
  if (certificate === undefined)
    throw new AppError('invalid-input', 'Specify a certificate, or its issuer and serial number (--issuer, --serial).')
  const within = issuer === undefined ? null : await findAuthority(services, issuer)
  const revocable = await byFile(services, certificate, within)
  if (revocable !== null) return { kind: 'recognised', revocable }
  const listed = await findIssued(services, certificate)
  if (within !== null && (await keysOf(services, within)).every(({ id }) => id !== listed.authority))
    throw new AppError('not-found', `No certificate issued by “${within.name}” matches “${certificate}”.`)
  return { kind: 'listed', certificate: listed }
}

/** Null if there is no such file, or if an unrelated file happens to have the name of a listed certificate. */
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

/** An issuer given by name may have signed with an earlier key: prefers the key under which the number is known. */
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

/** The issuer and its predecessors, newest first. */
async function keysOf(services: Services, current: AuthoritySummary): Promise<AuthoritySummary[]> {
  const all = await services.authorities.list()
  const keys = [current]
  for (const key of keys) keys.push(...all.filter(({ successor, id }) => successor === key.id && id !== current.id))
  return keys
}
