import type { Command } from 'commander'
import { inOrder } from '#electron/platform/in-order'
import type { NetworkChoice } from '#electron/services/connection-test'
import type { FileServices } from '#electron/services/file-services'
import type { FileIdentity } from '#electron/services/file-test'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { formatAddress, formatConnectTo } from '#shared/logic/address'
import type { Host } from '#shared/model/host'
import type { IdentityId, Sha256 } from '#shared/model/ids'
import type { ProbeReport } from '#shared/model/probe'
import { findIdentity } from './find-identity'
import { readFiles } from './input-files'
import { collect, examples, withJson, withPassphrase, withPassword } from './options'
import {
  type ReportFileOptions,
  requireReportFiles,
  requireReportKind,
  withReportFiles,
  writeReportFiles,
} from './report-files'
import type { CommonOptions, Runner } from './runner'
import { withPasswordWhenNeeded } from './secrets'
import { allSites, sitesOfGroup } from './test-group'
import {
  completeNetwork,
  type NetworkOptions,
  readNetwork,
  readPin,
  readSites,
  requireAtMostOne,
  type Site,
  withNetwork,
} from './test-options'
import { testOutcome } from './test-outcome'

interface Options extends CommonOptions, NetworkOptions, ReportFileOptions {
  certificate?: string
  group?: string
  cert: string[]
  key?: string
  pick?: string
  passwordFile?: string
}

/** More at once would only make them slower, and the times worthless. */
const MAX_AT_ONCE = 8

export function addTest(program: Command, runner: Runner): void {
  withReportFiles(withNetwork(withCertificate(withPassphrase(withJson(program.command('test'))))))
    .summary('test sites without and with a certificate, and explain the result')
    .argument('[addresses...]', 'for example https://admin.example.com/')
    .option('--group <name>', 'all sites of a group in your list')
    .addHelpText(
      'after',
      `
With --cert, your list of sites is neither read nor changed. Without a certificate, only tests of sites in the list are kept.
PAC files are not evaluated.
${examples(
  'latchkey test admin.example.com',
  'latchkey test admin.example.com -c "Ada Lovelace"',
  'latchkey test https://localhost:8443 -c ada --json',
  'latchkey test --group Production -c "Ada Lovelace"',
  'latchkey test admin.example.com wiki.example.com --cert client.pem --key client.key',
  'latchkey test admin.example.com --cert client.p12 --password-file pw.txt --report report.html',
)}`,
    )
    .action((addresses: string[], options: Options) => {
      const request = read(addresses, options)
      if (isAppError(request)) return runner.run('test', options, 'nothing', () => Promise.reject(request))
      return runner.run('test', options, needsOf(options), async (services) => {
        await requireReportFiles(options)
        const network = await completeNetwork(services, request.network, options)
        const reports = await testAll(services, { ...request, network }, options)
        await writeReportFiles(options, reports)
        return testOutcome(reports)
      })
    })
}

const withCertificate = (command: Command): Command =>
  withPassword(command)
    .option('-c, --certificate <name>', 'certificate of yours to present: name, key code or ID')
    .option(
      '--cert <file>',
      'certificate to present, with or without its key and issuers, PEM or PKCS#12 (repeatable)',
      collect,
      [],
    )
    .option('--key <file>', 'its private key, if it is in a file of its own')
    .option('--pick <which>', 'certificate to use, if there are several: number, Common Name or fingerprint (SHA-256)')

interface TestRequest {
  sites: Site[]
  /** All sites of it as well. */
  group: string | null
  pin: Sha256 | null
  network: NetworkChoice
}

/** What is wrong with the options is known before anything is opened for them. */
function read(addresses: string[], options: Options): TestRequest | AppError {
  const { certificate, cert, key, pick, passwordFile, group } = options
  try {
    requireAtMostOne({ '--certificate': certificate, '--cert': cert[0] })
    if (addresses.length === 0 && group === undefined)
      throw new AppError(
        'invalid-input',
        'Name the address of a site, for example https://admin.example.com/, or a --group.',
      )
    // The list is left alone with a certificate from a file, and these would change every site of the group.
    const excluded = { '--cert': cert[0], '--connect-to': options.connectTo || undefined, '--pin': options.pin }
    for (const [name, value] of Object.entries(excluded)) requireAtMostOne({ '--group': group, [name]: value })
    const ofFiles = { '--key': key, '--pick': pick, '--password-file': passwordFile }
    for (const [name, value] of Object.entries(ofFiles))
      if (value !== undefined && cert.length === 0)
        throw new AppError('invalid-input', `${name} is for a certificate from a file: use --cert.`)
    requireReportKind(options)
    return {
      sites: readSites(addresses, options.connectTo),
      group: group ?? null,
      pin: readPin(options.pin),
      network: readNetwork(options),
    }
  } catch (error) {
    if (isAppError(error)) return error
    throw error
  }
}

function needsOf({ certificate, cert }: Options): 'keys' | 'nothing' | 'records-if-any' {
  if (certificate !== undefined) return 'keys'
  return cert.length > 0 ? 'nothing' : 'records-if-any'
}

async function testAll(
  services: FileServices | Services,
  request: TestRequest,
  options: Options,
): Promise<ProbeReport[]> {
  if (options.cert.length > 0) return withFiles(services, request, options)
  // Without records there is no group, which is an error of its own.
  if (request.group !== null && !('hosts' in services)) sitesOfGroup([], request.group)
  if (!('hosts' in services)) return inOrder(request.sites, MAX_AT_ONCE, testUnlisted(services, request, null))
  const identity =
    options.certificate === undefined ? null : await findIdentity(services, options.certificate, '--cert')
  return withList(services, request, identity?.id ?? null)
}

async function withFiles(services: FileServices, request: TestRequest, options: Options): Promise<ProbeReport[]> {
  const { cert, key, pick = null } = options
  const files = await readFiles([...cert, ...(key === undefined ? [] : [key])])
  const identity = await withPasswordWhenNeeded(options, (password) => services.fileTest.open(files, password, pick))
  try {
    return await inOrder(request.sites, MAX_AT_ONCE, testUnlisted(services, request, identity))
  } finally {
    identity.wipe()
  }
}

const testUnlisted =
  ({ fileTest }: FileServices, { pin, network }: TestRequest, identity: FileIdentity | null) =>
  (site: Site) =>
    fileTest.run({ ...site, pinnedKey: pin }, identity, network)

/** Sites that are in the list are tested with what it says of them. Others are added to it for a certificate of ours alone. */
async function withList(services: Services, request: TestRequest, identity: IdentityId | null): Promise<ProbeReport[]> {
  const rows = await allSites(services)
  const members = request.group === null ? [] : sitesOfGroup(rows, request.group)
  const places = members.map((host): { site: Site; host: Host | null } => ({ site: host, host }))
  // One after the other, since a site may be given twice.
  for (const site of request.sites) {
    const known = [...rows, ...places.flatMap(({ host }) => host ?? [])].find((host) => isAt(host, site))
    const host = known === undefined && identity === null ? null : await listed(services, known, site, request.pin)
    places.push({ site, host })
  }
  const unlisted = testUnlisted(services, request, null)
  return inOrder(places, MAX_AT_ONCE, ({ site, host }) =>
    host === null ? unlisted(site) : services.connections.test(host.id, identity, 'direct', undefined, request.network),
  )
}

const isAt = (host: Host, site: Site): boolean =>
  host.hostname === site.hostname && host.port === site.port && host.path === site.path

/** Uses the site that is already in the list, if there is one, so that its pinned key and its history are kept. */
async function listed(services: Services, known: Host | undefined, site: Site, pin: Sha256 | null): Promise<Host> {
  const host =
    site.connectTo === null && known !== undefined
      ? known
      : await services.hosts.save({
          id: known?.id ?? null,
          address: formatAddress(site),
          connectTo: formatConnectTo(site.connectTo),
          useProxy: known?.useProxy ?? true,
          group: known?.group ?? '',
          name: known?.name ?? '',
          tags: known?.tags ?? [],
          note: known?.note ?? '',
        })
  return pin === null ? host : services.hosts.pin(host.id, pin)
}
