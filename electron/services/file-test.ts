import type { Jobs } from '#electron/jobs/jobs'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import type { Random } from '#electron/platform/random'
import type { Probe, ProbeInput } from '#electron/probe/probe'
import { AppError } from '#shared/errors'
import { certificateName } from '#shared/logic/naming'
import { HostId, ReportId } from '#shared/model/ids'
import type { ProbeReport } from '#shared/model/probe'
import { createCertificateReader } from './certificates-in-files'
import {
  type ConnectionTestInput,
  describeTested,
  type NetworkChoice,
  networkFor,
  testConnection,
} from './connection-test'
import { chooseProxy, type ProxyFor } from './proxy-choice'

export interface FileTestPorts {
  jobs: Jobs
  clock: Clock
  random: Random
  direct: Probe
  /** Loads what the first test needs, while something else is waited for. */
  prepare(): Promise<void>
  proxyFor: ProxyFor
}

/** A certificate from files with its key, in memory only. */
export interface FileIdentity extends NonNullable<ConnectionTestInput['identity']> {
  /** Overwrites the key. */
  wipe(): void
}

/** The connection test with a certificate from files, or with none: nothing is looked up and nothing is kept. */
export function createFileTest({ jobs, clock, random, direct, prepare, proxyFor }: FileTestPorts) {
  /** `pick`: as for `convert`. Errors: those of opening a file, `private-key-missing`, `nothing-usable`, `invalid-input`. */
  async function open(files: IncomingFile[], password: string | null, pick: string | null): Promise<FileIdentity> {
    const at = clock.now()
    const chosen = jobs.run('choose-identity', { files, password, pick, at })
    // A failure would be that of the first test.
    prepare().catch(() => undefined)
    const { pkcs8, certificate, chain } = await chosen
    const certificates = [certificate, ...chain]
    const name = certificateName(viewCertificate(certificate))
    const tested = describeTested(name, certificates, [], at)
    if (tested === null) throw new AppError('nothing-usable', 'There is no certificate.')
    const presented = { certificates, pkcs8, sha256: certificateSha256(certificate) }
    return { id: null, presented, tested, wipe: () => pkcs8.fill(0) }
  }

  const certificatesIn = createCertificateReader({ jobs })

  /** The certificates of files, as roots (PEM) to judge a server by. Errors: those of opening a file, `nothing-usable`. */
  const roots = async (files: IncomingFile[]): Promise<string[]> =>
    (await certificatesIn(files, null)).map((der) => certificatePem(der))

  async function run(
    site: Omit<ProbeInput['host'], 'practice'> & { practice?: boolean },
    identity: FileIdentity | null,
    choice: NetworkChoice,
    signal = new AbortController().signal,
  ): Promise<ProbeReport> {
    const { report } = await testConnection({
      probe: direct,
      report: ReportId.parse(random.uuid()),
      host: { practice: false, ...site, id: HostId.parse(random.uuid()) },
      identity,
      mode: 'direct',
      network: networkFor(choice, await chooseProxy(site, choice, proxyFor)),
      signal,
      clock,
      account: null,
    })
    return report
  }

  return { open, roots, run }
}
