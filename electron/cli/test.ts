import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { formatAddress, parseAddress } from '#shared/logic/address'
import { reportText } from '#shared/logic/report/text'
import type { Host } from '#shared/model/host'
import { Sha256 } from '#shared/model/ids'
import type { ProbeReport } from '#shared/model/probe'
import { allRows } from './all-rows'
import { type ExitCode, exitCodes } from './exit-codes'
import { findIdentity } from './find-identity'
import { examples, withJson, withPassphrase } from './options'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  certificate?: string
  connectTo: string
  pin?: string
}

export function addTest(program: Command, runner: Runner): void {
  withPassphrase(withJson(program.command('test')))
    .summary('test a site without and with a certificate, and explain the result')
    .argument('<address>', 'for example https://admin.example.com/')
    .option('-c, --certificate <name>', 'certificate to present: name, key code or ID')
    .option('--connect-to <address:port>', 'connect to this address instead; SNI and Host keep the name', '')
    .option('--pin <sha256>', 'accept a server with exactly this key (SHA-256 of its SubjectPublicKeyInfo)')
    .addHelpText(
      'after',
      examples(
        'latchkey test admin.example.com -c "Ada Lovelace"',
        'latchkey test https://localhost:8443 -c ada --json',
      ),
    )
    .action((address: string, options: Options) =>
      runner.run('test', options, options.certificate === undefined ? 'records' : 'keys', async (services) => {
        const identity = options.certificate === undefined ? null : await findIdentity(services, options.certificate)
        const host = await hostFor(services, address, options)
        const report = await services.connections.test(host.id, identity?.id ?? null, 'direct')
        return { exitCode: exitCodeFor(report), json: { report }, text: reportText(report) }
      }),
    )
}

/** Uses the site that is already in the list, if there is one, so that its pinned key and its history are kept. */
async function hostFor(services: Services, address: string, options: Options): Promise<Host> {
  const wanted = parseAddress(address)
  if (!wanted.ok) throw new AppError('address-invalid', wanted.reason)
  const { rows } = await allRows((page) => services.hosts.list({ ...page, search: '' }))
  const known = rows.find(
    (host) => host.hostname === wanted.hostname && host.port === wanted.port && host.path === wanted.path,
  )
  const isPlain = options.connectTo === '' && known !== undefined
  const host = isPlain
    ? known
    : await services.hosts.save({
        id: known?.id ?? null,
        address: formatAddress({ ...wanted }),
        connectTo: options.connectTo,
        useProxy: known?.useProxy ?? true,
      })
  if (options.pin === undefined) return host
  const pin = Sha256.safeParse(options.pin.toLowerCase())
  if (!pin.success) throw new AppError('invalid-input', '--pin takes 64 hexadecimal digits.')
  return services.hosts.pin(host.id, pin.data)
}

export function exitCodeFor(report: ProbeReport): ExitCode {
  const { kind } = report.verdict
  if (kind === 'unreachable' || kind === 'proxy-failed') return exitCodes.unavailable
  return report.verdict.tone === 'good' ? exitCodes.fine : exitCodes.negative
}
