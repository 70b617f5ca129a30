import { readCertificate } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { isEmailAddress } from '#shared/logic/email-address'
import { issuedCsv } from '#shared/logic/issued-csv'
import type { AuthorityDetail, AuthoritySummary, IssuedCertificate, IssuedPage } from '#shared/model/authority'
import type { ObjectDetails } from '#shared/model/details'
import type { AuthorityId, Sha256 } from '#shared/model/ids'
import type { KeyCode } from '#shared/model/key'
import { chainOf, pemOf } from './chain'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { horizonOf, issuedCertificate, summarise } from './summary'

/** Everything that is only looked at: issuers, their chains, and what they issued. */
export function createLists({ database, clock, describe }: AuthorityPorts, keys: AuthorityKeys) {
  async function list(): Promise<AuthoritySummary[]> {
    return (await database.authorities.list()).map((row) => summarise(row, clock.now()))
  }

  async function detail(id: AuthorityId): Promise<AuthorityDetail> {
    const row = await keys.get(id)
    const chain = (await chainOf(row, database)).map(viewCertificate)
    return {
      summary: summarise(row, clock.now()),
      certificate: viewCertificate(row.der),
      chain,
      chainComplete: chain.at(-1)?.selfSigned === true,
      children: (await list()).filter(({ parent }) => parent === id),
    }
  }

  /** What Access wants: this issuer first, its root last. */
  async function chainFile(id: AuthorityId): Promise<{ name: string; pem: string }> {
    const row = await keys.get(id)
    return { name: row.name, pem: pemOf(await chainOf(row, database)) }
  }

  async function issued(page: IssuedPage): Promise<{ rows: IssuedCertificate[]; total: number }> {
    const horizon = horizonOf(clock.now())
    const { rows, total } = await database.issued.list(page, horizon)
    return { rows: rows.map((row) => issuedCertificate(row, horizon)), total }
  }

  async function issuedRow(sha256: Sha256) {
    const row = await database.issued.get(sha256)
    if (row === null) throw new AppError('not-found', 'This certificate is not in the list.')
    return row
  }

  /** As a table for other programs. */
  async function issuedList(certificates: Sha256[]): Promise<{ name: string; csv: string }> {
    const horizon = horizonOf(clock.now())
    const rows = await database.issued.getMany(certificates)
    const names = new Map((await database.authorities.list()).map((row) => [row.id, row.name]))
    const name = [...new Set(rows.map((row) => names.get(row.authority) ?? ''))].join(', ')
    const csv = issuedCsv(
      rows.map((row) => ({ ...issuedCertificate(row, horizon), issuer: names.get(row.authority) ?? '' })),
    )
    return { name: `${name} certificates`, csv }
  }

  /** Certificates first, each issuer above them once. With the chain behind it; `keyCode` where it is a single one. */
  async function issuedFile(certificates: Sha256[]): Promise<{ name: string; keyCode: KeyCode | null; pem: string }> {
    const rows = []
    for (const sha256 of certificates) rows.push(await issuedRow(sha256))
    const issuers = new Map<string, Uint8Array>()
    for (const authority of new Set(rows.map((row) => row.authority)))
      for (const der of await chainOf(await keys.get(authority), database))
        issuers.set(Buffer.from(der).toString('base64'), der)
    const [only, ...more] = rows
    const single = only !== undefined && more.length === 0 ? only : null
    const [name, keyCode] = single === null ? ['certificates', null] : [single.commonName, single.keyCode]
    return { name, keyCode, pem: pemOf([...rows.map(({ der }) => der), ...issuers.values()]) }
  }

  /** What goes to the holder: the certificate and its chain as text, which can be pasted into Latchkey. */
  async function issuedMessage(sha256: Sha256): Promise<{ to: string | null; subject: string; body: string }> {
    const { name, pem } = await issuedFile([sha256])
    const body = [
      'Hello,',
      '',
      `your client certificate for “${name}” is below, with the certificates of its issuers.`,
      '',
      'In Latchkey, paste this text or drop the file on the window. It is not secret: it works only with your private key.',
      '',
      pem.trim(),
      '',
    ]
    const to = addressIn((await issuedRow(sha256)).der)
    return { to, subject: `Client certificate: ${name}`, body: body.join('\n') }
  }

  /** Under a Common Name rule both would get in, so whoever issues should know. */
  async function namesake(commonName: string, keyCode: KeyCode): Promise<IssuedCertificate | null> {
    const horizon = horizonOf(clock.now())
    const row = await database.issued.namesake(commonName.trim(), keyCode, horizon.now)
    return row === null ? null : issuedCertificate(row, horizon)
  }

  async function issuedDetails(sha256: Sha256): Promise<ObjectDetails> {
    return describe((await issuedRow(sha256)).der)
  }

  return { list, detail, chainFile, issued, issuedList, issuedFile, issuedMessage, issuedDetails, namesake }
}

/** The e-mail address in it; null where there is none, or several of which nobody has said whose they are. */
function addressIn(der: Uint8Array): string | null {
  const { subject, extensions } = readCertificate(der)
  const names = extensions.alternativeNames.flatMap((name) => (name.kind === 'email' ? [name.value] : []))
  const [only, ...more] = new Set([...names, ...subject.emails].filter(isEmailAddress))
  return only !== undefined && more.length === 0 ? only : null
}
