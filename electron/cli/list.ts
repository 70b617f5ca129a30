import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { formatIsoDate, joinNames } from '#shared/logic/formatting'
import { certificateName, issuerName } from '#shared/logic/naming'
import type { StoredCertificate } from '#shared/model/stored'
import { reportUnrecorded } from './ca/rebuild'
import { allIdentities } from './find-identity'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'
import { whereInstalled } from './where-installed'

interface Options extends CommonOptions {
  stores?: true
}

export function addList(program: Command, runner: Runner): void {
  withJson(program.command('list'))
    .summary('list your certificates and requests')
    .option('--stores', 'also list those that others have put into the stores of this computer')
    .addHelpText('after', examples('latchkey list', 'latchkey list --stores', 'latchkey list --json'))
    .action((options: Options) =>
      runner.run('list', options, 'records', async (services, { say }) => {
        await reportUnrecorded(services, say)
        const { rows, total } = await allIdentities(services)
        const installed = await whereInstalled(services, rows)
        // Read again, because the status depends on what the stores just returned.
        const { rows: current } = await allIdentities(services)
        const lines = current.flatMap((row) => [
          `${row.keyCode}  ${row.status.padEnd(13)} ${row.name}${row.notAfter === null ? '' : `, until ${formatIsoDate(row.notAfter)}`}`,
          ...installed.of(row.id).map((one) => `  ${one.storeName}: ${installed.words(one, row.sha256)}`),
        ])
        const stored = options.stores === true ? await readStored(services, say) : null
        const text = lines.join('\n') || 'No certificates yet. Start with: latchkey request "Your Name"'
        return {
          exitCode: 0,
          json: {
            certificates: current.map((row) => ({ ...row, installs: installed.of(row.id) })),
            total,
            unreadStores: installed.unread,
            ...(stored === null ? {} : { stored: stored.map(inJson) }),
          },
          text: stored === null ? text : `${text}\n\n${storedWords(stored)}`,
        }
      }),
    )
}

async function readStored(services: Services, say: (text: string) => void): Promise<StoredCertificate[]> {
  const { certificates, unreadStores } = await services.stored.list()
  for (const store of unreadStores) say(`${store} could not be read.`)
  return certificates
}

const inJson = ({ certificate, places, testable }: StoredCertificate) => ({
  sha256: certificate.sha256,
  name: certificateName(certificate),
  issuer: certificate.issuer,
  notBefore: certificate.notBefore,
  notAfter: certificate.notAfter,
  stores: places,
  testable,
})

function storedWords(stored: StoredCertificate[]): string {
  if (stored.length === 0) return 'No other certificates in the stores of this computer.'
  const lines = stored.flatMap(({ certificate, places }) => [
    `${certificateName(certificate)}, issued by ${issuerName(certificate)}, until ${formatIsoDate(certificate.notAfter)}`,
    ...places.map(({ name, readBy, keyPresent }) => {
      const readers = readBy.length === 0 ? 'read by no browser' : `read by ${joinNames(readBy)}`
      return `  ${name}: ${keyPresent ? 'key present' : 'key not seen'}, ${readers}`
    }),
  ])
  return ['Also on this computer, read only:', ...lines].join('\n')
}
