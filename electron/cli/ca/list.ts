import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { allRows } from '#shared/logic/all-rows'
import { countOf, formatIsoDate } from '#shared/logic/formatting'
import { type AuthoritySummary, type IssuedCertificate, IssuedPage } from '#shared/model/authority'
import { examples, withJson } from '../options'
import type { Outcome } from '../output'
import type { CommonOptions, Runner } from '../runner'
import { parsed } from '../subject'
import { findAuthority } from './find'
import { reportUnrecorded } from './rebuild'

interface Options extends CommonOptions {
  issued?: boolean
  csv?: boolean
  all?: boolean
  issuer?: string
  search: string
  status?: string
  offset: string
  limit?: string
}

export function addCaList(ca: Command, runner: Runner): void {
  withJson(ca.command('list'))
    .summary('list the issuers, or with --issued what they have issued')
    .option('--issued', 'list issued certificates instead, newest first')
    .option('--all', 'list archived issuers too')
    .option('--csv', 'with --issued: print a table (CSV) for spreadsheets')
    .option('--issuer <name>', 'only of this issuer: name, key code or ID')
    .option('--search <text>', 'search names, serial numbers and key codes', '')
    .option('--status <status>', 'valid, expiring, expired, revoked or not-yet-valid')
    .option('--offset <number>', 'skip this many results', '0')
    .option('--limit <number>', 'show at most this many results, up to 1,000 (default: all)')
    .addHelpText('after', examples('latchkey ca list', 'latchkey ca list --issued --status expiring --json'))
    .action((options: Options) =>
      runner.run('ca list', options, 'records', (services, { say }) =>
        options.issued === true ? listIssued(services, options) : listIssuers(services, options, say),
      ),
    )
}

async function listIssuers(services: Services, { all }: Options, say: (text: string) => void): Promise<Outcome> {
  const everyone = await services.authorities.list()
  const issuers = all === true ? everyone : everyone.filter(({ archivedAt }) => archivedAt === null)
  await reportUnrecorded(services, say)
  const hidden = everyone.length - issuers.length
  if (hidden > 0) say(`${countOf(hidden, 'archived issuer')} not listed; use --all.`)
  const text = issuers.map(describeIssuer).join('\n') || 'No issuers yet. Start with: latchkey ca init "My Root"'
  return { exitCode: 0, json: { issuers }, text }
}

function describeIssuer(row: AuthoritySummary): string {
  const notes = [
    row.isRoot ? 'root' : 'intermediate',
    `until ${formatIsoDate(row.notAfter)}`,
    `${row.issued} issued`,
    ...(row.revoked === 0 ? [] : [`${row.revoked} revoked`]),
    ...(row.hasKey ? [] : [row.signer === null ? 'without its key' : `signed at ${row.signer.address}`]),
    ...(row.archivedAt === null ? [] : ['archived']),
    ...(row.successor === null ? [] : ['has a successor']),
    ...({ no: [], soon: ['a new CRL is due soon'], now: ['a new CRL is due'] } as const)[row.crlDue],
  ]
  return `${row.keyCode}  ${row.name}: ${notes.join(', ')}`
}

async function listIssued(services: Services, options: Options): Promise<Outcome> {
  const authority = options.issuer === undefined ? null : (await findAuthority(services, options.issuer)).id
  const { search, status = null, limit } = options
  const offset = Number(options.offset)
  const read = (page: { offset: number; limit: number }) =>
    services.authorities.issued(parsed(IssuedPage, { ...page, authority, search, status }))
  const { rows, total } =
    limit === undefined ? await allRows(read, offset) : await read({ offset, limit: Number(limit) })
  const text = options.csv === true ? await csvOf(services, rows) : rows.map(describeIssued).join('\n') || 'No results.'
  return { exitCode: 0, json: { certificates: rows, total }, text }
}

/** Without the mark that Excel needs at the start of a file. */
async function csvOf({ authorities }: Services, rows: IssuedCertificate[]): Promise<string> {
  const { csv } = await authorities.issuedList(rows.map(({ sha256 }) => sha256))
  return csv.slice(1).trimEnd()
}

const describeIssued = ({ serial, status, commonName, notAfter, keyCode }: IssuedCertificate) =>
  `${serial.replace(/:/gu, '')}  ${status.padEnd(13)} ${commonName}, key ${keyCode}, until ${formatIsoDate(notAfter)}`
