import { type Command, Option } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { formatIsoDate } from '#shared/logic/formatting'
import {
  type AuthoritySummary,
  defaultDays,
  type IssueOutcome,
  ListEncoding,
  type RequestBatch,
} from '#shared/model/authority'
import { readRequestFiles } from '../input-files'
import { collect, examples } from '../options'
import type { Outcome } from '../output'
import { requireOut, withOut } from '../output-files'
import type { Runner } from '../runner'
import { withSubject } from '../subject'
import { type BatchTerms, chooseAll, type IssueOptions } from './choices'
import { findAuthority } from './find'
import { issueNotes } from './issue-notes'
import { caPassphrase, daysOf, withDays, withSigning } from './options'
import { findTemplate } from './template'
import { writeIssued } from './write-issued'

const columns = `
A list (--csv) has the columns “csr” (a file name, or the request itself) and “common_name”, and optionally
“organization”, “organizational_unit”, “locality”, “state”, “country”, “emails”, “dns_names” and “key_code”.`

export function addIssue(ca: Command, runner: Runner): void {
  withOut(
    withDays(withSubject(withSigning(ca.command('issue'))), defaultDays.client),
    'output file for the certificates and their chain (default: print)',
  )
    .summary('sign requests (CSRs) as client certificates; you decide on the names, not the requester')
    .argument('[requests...]', 'CSR files, or folders of CSR files')
    .option('--issuer <name>', 'the issuer that signs: name, key code or ID')
    .option('--csv <file>', 'CSV list with the names for the requests (repeatable)', collect, [])
    .addOption(new Option('--csv-encoding <encoding>', 'of lists that are not Unicode').choices(ListEncoding.options))
    .option('--template <name>', 'fill in lifetime and names as this template says; options and lists come first')
    .option('--cn <common-name>', 'the Common Name of the certificate, for one request')
    .option('--accept-subject', 'take the requester’s own names, unchanged but for a template; check them first')
    .option('--drop-unsupported', 'with --accept-subject: issue without alternative names of unsupported types')
    .option('--email <address>', 'e-mail address as an alternative name (repeatable)', collect, [])
    .option('--dns <name>', 'DNS name as an alternative name (repeatable)', collect, [])
    .option('--out-dir <folder>', 'folder for one file per certificate, each with its chain')
    .addHelpText(
      'after',
      columns +
        examples(
          'latchkey ca issue ada.csr --issuer "Acme Clients" --cn "Ada Lovelace" -o client.pem',
          'latchkey ca issue ada.csr --cn "Ada Lovelace" --template Staff -o client.pem',
          'latchkey ca issue requests/ --csv people.csv --issuer "Acme Clients" --out-dir issued',
        ),
    )
    .action((paths: string[], options: IssueOptions, command: Command) =>
      runner.run('ca issue', options, 'keys', async (services) => {
        await requireOut(options)
        const issuer = await findAuthority(services, options.issuer)
        const files = await readRequestFiles(paths, options.csv)
        const encoding = options.csvEncoding ?? null
        const batch = await services.authorities.readRequests(issuer.id, files, { encoding })
        const template = await findTemplate(services, issuer, options.template)
        const isGiven = command.getOptionValueSource('days') === 'cli'
        const days = template === null || isGiven ? daysOf(options) : template.days
        return issueBatch(services, issuer, batch, { ...options, decided: { template, days } })
      }),
    )
}

async function issueBatch(
  services: Services,
  issuer: AuthoritySummary,
  batch: RequestBatch,
  options: IssueOptions & { decided: BatchTerms },
): Promise<Outcome> {
  const { choices, undecided, refused: others } = chooseAll(batch.rows, options, options.decided)
  const [fault] = batch.listFaults
  // Without its list, nobody has decided anything: that is the fault to mend first.
  if (undecided.length > 0 && fault !== undefined)
    throw new AppError('invalid-input', `${fault.source}: ${inWords(fault)}`)
  if (undecided.length > 0) {
    const requests = undecided.map(
      (row) => `${row.source} requests ${row.requested.subject} with the key ${row.keyCode}`,
    )
    const ways = 'Set the names with --cn or a list (--csv), or accept the requester’s with --accept-subject.'
    throw new AppError('invalid-input', `No names were given: ${requests.join('; ')}. ${ways}`)
  }
  const notes = await issueNotes(services, batch, choices)
  const outcome = choices.length === 0 ? nothing : await issue(services, issuer, batch, choices, options)
  const sourceOf = (row: number) => batch.rows.find((preview) => preview.row === row)?.source ?? String(row)
  const refused = [
    ...batch.rows.flatMap(({ source, refusal }) => (refusal === null ? [] : [{ source, reason: refusal }])),
    ...others,
    ...outcome.refused.map(({ row, reason }) => ({ source: sourceOf(row), reason })),
    ...batch.listFaults.map((one) => ({ source: one.source, reason: inWords(one) })),
    ...batch.unreadable,
  ]
  const { pem, files, unwritten } = await writeIssued(services, outcome.issued, options)
  const isPrinted = (options.out ?? options.outDir) === undefined || unwritten.length > 0
  const lines = [
    ...(isPrinted && pem !== '' ? [pem.trimEnd()] : []),
    ...outcome.issued.map((row) => `Issued: ${row.subject}, key ${row.keyCode}, until ${formatIsoDate(row.notAfter)}`),
    ...refused.map(({ source, reason }) => `Refused: ${source}: ${reason}`),
    ...notes.map(({ source, note }) => `Note: ${source}: ${note}`),
    ...files.map((file) => `Written: ${file}`),
    ...unwritten.map(
      ({ commonName, reason }) => `Not written: ${commonName}: ${reason}. It was issued and is printed above.`,
    ),
  ]
  const isFine = refused.length === 0 && outcome.issued.length > 0
  return {
    exitCode: unwritten.length > 0 ? 3 : isFine ? 0 : 1,
    json: { issued: outcome.issued, refused, notes, pem, files, unwritten },
    text: lines.join('\n'),
  }
}

const inWords = ({ reason, needsEncoding }: RequestBatch['listFaults'][number]): string =>
  needsEncoding ? `${reason} If it is plain CSV of Excel, use --csv-encoding windows-1252.` : reason

const nothing: IssueOutcome = { issued: [], refused: [] }

async function issue(
  services: Services,
  issuer: AuthoritySummary,
  { batch }: RequestBatch,
  choices: Parameters<Services['authorities']['issue']>[2],
  options: IssueOptions,
): Promise<IssueOutcome> {
  const passphrase = issuer.hasKey ? await caPassphrase(options, `Passphrase of “${issuer.name}”: `) : null
  const signature = { authority: issuer.id, passphrase }
  return services.authorities.issue(signature, batch, choices)
}
