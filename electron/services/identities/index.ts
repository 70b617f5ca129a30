import type { IdentityListRow } from '#electron/database/database'
import type { IdentityRow } from '#electron/database/identity-rows'
import { allowsClientUse, checkIssued } from '#electron/pki/checks'
import { encodePem } from '#electron/pki/containers/pem'
import type { OutputFile } from '#electron/pki/convert/index'
import { certificateKey } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { NOTICE_DAYS } from '#shared/logic/expiring/stages'
import { describeSubject } from '#shared/logic/naming'
import type {
  IdentityDetail,
  IdentityLabel,
  IdentityQuery,
  IdentitySummary,
  LastTest,
  RequestMessage,
} from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import type { Tag } from '#shared/model/label'
import type { Page } from '#shared/model/page'
import type { ReportSummary } from '#shared/model/probe'
import { issuedCertificates } from '../issued-certificates'
import { orRefused } from '../tag-refusal'
import { createChainUpdate } from './chain-update'
import { createExporter, type ExportChoice } from './export'
import { createFiler } from './filing'
import { createImports } from './import'
import { messageFor } from './message'
import type { IdentityPorts } from './ports'
import { createRenewals } from './renew'
import { renewalProgress } from './renewal-progress'
import { createRequests } from './request'
import { summarise } from './summary'
import { createVerifier } from './verify'

/** Everything about a person's own certificates except where they are installed. */
export function createIdentities(ports: IdentityPorts) {
  const { database, clock } = ports
  const requests = createRequests(ports)
  const renewals = createRenewals(ports, requests)
  const filer = createFiler(ports)
  const chains = createChainUpdate(ports, filer)
  const imports = createImports(ports, filer, chains)
  const exporting = createExporter(ports)
  const clientUse = new Map<string, boolean>()

  async function list({
    state = null,
    tag = null,
    order = 'newest',
    ...page
  }: Page & Partial<IdentityQuery>): Promise<{ rows: IdentitySummary[]; total: number }> {
    const now = clock.now()
    const soon = new Date(now.getTime() + NOTICE_DAYS * DAY_MS)
    const moments = { now: now.toISOString(), soon: soon.toISOString() }
    const filter = { state: state === null ? null : { is: state, ...moments }, tag, order }
    const { rows, total } = await database.identities.list(page, filter)
    const forServers = await noClientUse(rows)
    return { rows: rows.map((row) => summarise(row, clock.now(), !forServers.has(row.certificate ?? ''))), total }
  }

  /** Those of the certificates that may not sign in anywhere. A certificate never changes, so each is read once. */
  async function noClientUse(rows: IdentityListRow[]): Promise<Set<string>> {
    const wanted = rows.flatMap(({ certificate }) => (certificate === null ? [] : [certificate]))
    const unread = wanted.filter((sha256) => !clientUse.has(sha256))
    for (const { sha256, der } of unread.length === 0 ? [] : await database.certificates.getMany(unread))
      clientUse.set(sha256, allowsClientUse(der))
    return new Set(wanted.filter((sha256) => clientUse.get(sha256) === false))
  }

  async function get(id: IdentityId): Promise<IdentityRow> {
    const row = await database.identities.get(id)
    if (row === null) throw new AppError('not-found', 'This certificate is no longer here.')
    return row
  }

  async function detail(id: IdentityId): Promise<IdentityDetail> {
    const row = await get(id)
    const listRow = await database.identities.summary(id)
    if (listRow === null) throw new AppError('not-found', 'This certificate is no longer here.')
    const issued = await issuedCertificates(database, row)
    const [certificate, ...chain] = issued.map(({ der }) => viewCertificate(der))
    return {
      summary: summarise(listRow, clock.now(), (await noClientUse([listRow])).size === 0),
      tags: row.tags,
      note: row.note,
      subject: certificate?.subject ?? (row.subject === null ? row.name : describeSubject(row.subject)),
      alternativeNames: row.alternativeNames,
      requestPem: row.requestDer === null ? null : pemOf(row.requestDer),
      certificate: certificate ?? null,
      chain,
      checks: checksOf(
        row,
        issued.map(({ der }) => der),
      ),
      installs: await database.installs.ofIdentity(id),
      tests: (await database.reports.ofIdentity(id)).map(lastTest),
      renewal: await renewalProgress(database, row),
    }
  }

  /** What the person calls it, and how they find it again. Errors: `not-found`. */
  async function label(id: IdentityId, written: IdentityLabel): Promise<void> {
    if (!(await database.identities.label(id, written)))
      throw new AppError('not-found', 'This certificate is no longer here.')
    ports.changed('identities')
  }

  async function addTag(ids: IdentityId[], tag: Tag): Promise<void> {
    orRefused(await database.identities.addTag(ids, tag), 'This certificate is no longer here.')
    ports.changed('identities')
  }

  function checksOf(row: IdentityRow, [certificate, ...chain]: Uint8Array[]) {
    if (certificate === undefined) return []
    const top = chain.at(-1) ?? certificate
    const keySpki = certificateKey(certificate)
    const complete = viewCertificate(top).selfSigned
    return checkIssued({
      certificate,
      chain,
      complete,
      keySpki,
      requested: row.subject,
      keyCameAlong: row.requestDer === null,
      namedIssuers: row.namedIssuers,
      now: clock.now(),
    })
  }

  async function requestFile(id: IdentityId): Promise<{ name: string; pem: string }> {
    const row = await get(id)
    if (row.requestDer === null) throw new AppError('not-found', 'This certificate was not requested here.')
    return { name: row.name, pem: pemOf(row.requestDer) }
  }

  async function message(id: IdentityId): Promise<RequestMessage> {
    const row = await get(id)
    const { pem } = await requestFile(id)
    return messageFor(row.name, row.keyCode, pem)
  }

  /** See `export.ts`. */
  async function exportFiles<Delivered>(
    id: IdentityId,
    choice: ExportChoice,
    deliver: (files: OutputFile[]) => Promise<Delivered>,
  ): Promise<Delivered> {
    return exporting(await get(id), choice, deliver)
  }

  return {
    list,
    label,
    tags: database.identities.tags,
    addTag,
    get,
    detail,
    requestFile,
    message,
    export: exportFiles,
    verify: createVerifier(ports),
    request: requests.request,
    renew: renewals.renew,
    import: imports.importFiles,
    renewIssuers: chains.renewIssuers,
    forgetStaged: imports.forgetStaged,
  }
}

const pemOf = (der: Uint8Array) => encodePem('CERTIFICATE REQUEST', der)

function lastTest(report: ReportSummary): LastTest {
  return {
    report: report.id,
    host: report.host,
    address: report.address,
    at: report.startedAt,
    good: report.verdict.tone === 'good',
    sentence: report.verdict.sentence,
  }
}

export type Identities = ReturnType<typeof createIdentities>
