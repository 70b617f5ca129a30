import { type Command, Option } from 'commander'
import { systemClock } from '#electron/platform/clock'
import { aheadNote } from '#shared/logic/crl-dates'
import { type CrlSummary, defaultDays, LastCrlAnswer } from '#shared/model/authority'
import { examples } from '../options'
import type { Runner } from '../runner'
import { writeOut } from '../write-file'
import { findAuthority } from './find'
import { caPassphrase, daysOf, type SigningOptions, withSigning } from './options'

interface Options extends SigningOptions {
  days: string
  der?: boolean
  lastCrl?: LastCrlAnswer
  out?: string
}

export function addCrl(ca: Command, runner: Runner): void {
  withSigning(ca.command('crl'))
    .summary('write the revocation list of an issuer')
    .argument('[issuer]', 'name, key code or id')
    .option('--days <number>', 'until the next one comes', String(defaultDays.crl))
    .addOption(
      new Option(
        '--last-crl <answer>',
        'where the last list is dated in the future: whether any such list was published',
      ).choices(LastCrlAnswer.options),
    )
    .option('--der', 'write DER instead of PEM')
    .option('-o, --out <file>', 'write it here instead of printing it as PEM')
    .addHelpText('after', examples('latchkey ca crl "Acme Clients" --der -o ca.crl'))
    .action((wanted: string | undefined, options: Options) =>
      runner.run('ca crl', options, 'keys', async (services) => {
        const { id, name } = await findAuthority(services, wanted)
        const days = daysOf(options)
        const passphrase = await caPassphrase(options, `Passphrase of “${name}”: `)
        const issuer = await services.authorities.writeCrl(
          { authority: id, passphrase },
          { days, lastCrl: options.lastCrl ?? null },
        )
        const { content: pem } = await services.authorities.crlFile(id, 'pem')
        if (options.out !== undefined)
          await writeOut(
            options.out,
            (await services.authorities.crlFile(id, options.der === true ? 'der' : 'pem')).content,
          )
        const where = options.out === undefined ? String(pem).trimEnd() : `The CRL is in ${options.out}.`
        const note = issuer.crl === null ? null : aheadNote(issuer.crl.thisUpdate, systemClock.now())
        const notes = note === null ? [] : [note]
        const text = `${where}\n${describeCrl(issuer.crl)}`
        return { exitCode: 0, json: { issuer, crl: issuer.crl, pem, notes }, text, notes }
      }),
    )
}

function describeCrl(crl: CrlSummary | null): string {
  if (crl === null) return ''
  const next = crl.nextUpdate === null ? '' : `, next by ${crl.nextUpdate.slice(0, 10)}`
  return `CRL number ${crl.number}, ${crl.entries} revoked${next}`
}
