import { type Command, Option } from 'commander'
import { decodePem, encodePem } from '#electron/pki/containers/pem'
import { readCertificate } from '#electron/pki/x509/read'
import { systemClock } from '#electron/platform/clock'
import type { Services } from '#electron/services/services'
import { aheadNote } from '#shared/logic/crl-dates'
import { formatIsoDate } from '#shared/logic/formatting'
import { type CrlSummary, defaultDays, LastCrlAnswer } from '#shared/model/authority'
import type { AuthorityId } from '#shared/model/ids'
import { examples } from '../options'
import { requireCrlOut, withOut, writeCrlOut } from '../output-files'
import type { Runner } from '../runner'
import { findAuthority } from './find'
import { caPassphrase, daysOf, type SigningOptions, withSigning } from './options'

interface Options extends SigningOptions {
  days: string
  der?: boolean
  lastCrl?: LastCrlAnswer
}

export function addCrl(ca: Command, runner: Runner): void {
  withOut(withSigning(ca.command('crl')), 'output file (default: print PEM)')
    .summary('write the revocation list of an issuer')
    .argument('[issuer]', 'name, key code or ID')
    .option('--days <number>', 'days until the next CRL', String(defaultDays.crl))
    .addOption(
      new Option('--last-crl <answer>', 'if the last CRL is dated in the future: whether it was published').choices(
        LastCrlAnswer.options,
      ),
    )
    .option('--der', 'write DER instead of PEM')
    .addHelpText('after', examples('latchkey ca crl "Acme Clients" --der -o ca.crl'))
    .action((wanted: string | undefined, options: Options) =>
      runner.run('ca crl', options, 'keys', async (services) => {
        const { id, name } = await findAuthority(services, wanted)
        await requireCrlOut(options, await nameOf(services, id))
        const days = daysOf(options)
        const passphrase = await caPassphrase(options, `Passphrase of “${name}”: `)
        const issuer = await services.authorities.writeCrl(
          { authority: id, passphrase },
          { days, lastCrl: options.lastCrl ?? null },
        )
        const der = Buffer.from((await services.authorities.crlFile(id, 'der')).content)
        const pem = encodePem('X509 CRL', der)
        await writeCrlOut(options, der, options.der === true ? der : pem)
        const where = options.out === undefined ? pem.trimEnd() : `The CRL is in ${options.out}.`
        const note = issuer.crl === null ? null : aheadNote(issuer.crl.thisUpdate, systemClock.now())
        const notes = note === null ? [] : [note]
        const text = `${where}\n${describeCrl(issuer.crl)}`
        return { exitCode: 0, json: { issuer, crl: issuer.crl, pem, notes }, text, notes }
      }),
    )
}

/** The issuer name (DER) in its CRLs. */
async function nameOf(services: Services, id: AuthorityId): Promise<Uint8Array> {
  const [own] = decodePem((await services.authorities.chainFile(id)).pem)
  return own === undefined ? new Uint8Array() : readCertificate(own.der).subject.raw
}

function describeCrl(crl: CrlSummary | null): string {
  if (crl === null) return ''
  const next = crl.nextUpdate === null ? '' : `, next by ${formatIsoDate(crl.nextUpdate)}`
  return `CRL number ${crl.number}, ${crl.entries} revoked${next}`
}
