import { readFile, stat } from 'node:fs/promises'
import { decodePem } from '#electron/pki/containers/pem'
import { readCertificate } from '#electron/pki/x509/read'
import { codeOf } from '#electron/platform/error-code'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { allRows } from '#shared/logic/all-rows'
import { formatIsoDate } from '#shared/logic/formatting'
import { isCurrent } from '#shared/logic/issuers'
import { type AuthoritySummary, type IssuedCertificate, IssuedPage } from '#shared/model/authority'

/** Finds an issuer by ID, key code or name (its latest successor), or without a name the only one that can sign. */
export async function findAuthority(services: Services, wanted: string | undefined): Promise<AuthoritySummary> {
  const all = await services.authorities.list()
  const found =
    wanted === undefined
      ? all.filter(isCurrent)
      : all.filter((row) => [row.id, row.keyCode, row.name].some((name) => name === wanted.trim()))
  const current = found.length > 1 ? found.filter((row) => row.successor === null) : found
  const [only] = current
  if (only !== undefined && current.length === 1) return only
  if (all.length === 0)
    throw new AppError('not-found', 'There are no issuers yet. Start with: latchkey ca init "My Root"')
  if (only === undefined) throw new AppError('not-found', `No issuer is called “${wanted ?? ''}”.`)
  const choices = current.map(({ name, keyCode }) => `${name} (${keyCode})`).join(', ')
  throw new AppError('ambiguous', `Several issuers match. Use a key code: ${choices}`)
}

/** By its file, fingerprint (SHA-256), serial number or exact name. Errors: `not-found`; `ambiguous` if several match. */
export async function findIssued(services: Services, wanted: string): Promise<IssuedCertificate> {
  const text = (await fingerprintOf(wanted)) ?? wanted.trim()
  const search = /^[0-9a-f]{64}$/iu.test(text) ? '' : text
  const plain = (name: string) => name.replace(/:/gu, '').toLowerCase()
  const { rows } = await allRows((page) =>
    services.authorities.issued(IssuedPage.parse({ ...page, authority: null, search: search.slice(0, 200) })),
  )
  const found = rows.filter((row) => [row.sha256, plain(row.serial), plain(row.commonName)].includes(plain(text)))
  const [only] = found
  if (only === undefined) throw await notFound(wanted)
  if (found.length > 1) {
    const serials = found.map(({ serial, notAfter }) => `${serial} (until ${formatIsoDate(notAfter)})`).join(', ')
    throw new AppError('ambiguous', `Several certificates are called “${wanted}”. Use a serial number: ${serials}`)
  }
  return only
}

async function notFound(wanted: string): Promise<AppError> {
  const isMissing = looksLikePath(wanted) && (await stat(wanted).catch(() => null)) === null
  return new AppError(
    'not-found',
    isMissing ? `File not found: ${wanted}` : `No certificate issued here matches “${wanted}”.`,
  )
}

/** Only for choosing an error message: the name of a certificate may look like a path, too. */
export const looksLikePath = (text: string): boolean => /[/\\]|\.(pem|crt|cer|der)$/iu.test(text)

async function fingerprintOf(path: string): Promise<string | null> {
  try {
    const bytes = await readFile(path)
    const [block] = decodePem(bytes)
    const der = block?.der ?? bytes
    return readCertificate(der).sha256
  } catch (error) {
    if (isAppError(error) || codeOf(error) !== null) return null
    throw error
  }
}
