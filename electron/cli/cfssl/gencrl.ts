import { type Command, Option } from 'commander'
import type { SerialSpelling } from '#electron/cfssl/serials'
import { encodePem } from '#electron/pki/containers/pem'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import { examples, withJson, withPassword } from '../options'
import { type OutOptions, withOut, writeCrlOut } from '../output-files'
import type { Runner } from '../runner'
import { type IssuerOptions, withIssuer } from './issuer'

interface Options extends IssuerOptions, OutOptions {
  serials?: SerialSpelling
  days: string
  form: 'pem' | 'der' | 'base64'
}

export function addGencrl(cfssl: Command, runner: Runner): void {
  withOut(withPassword(withJson(cfssl.command('gencrl'))), 'output file (default: print)')
    .summary('write a revocation list from a file of serial numbers')
    .argument('<serials.txt>', 'one serial number per line')
    .argument('<ca.pem>', 'certificate of the issuer')
    .argument('<ca-key.pem>', 'its private key')
    .addOption(new Option('--serials <spelling>', 'format of the numbers').choices(['hex', 'decimal']))
    .option('--days <number>', 'days until the next CRL', '7')
    .addOption(new Option('--form <form>', 'output format').choices(['pem', 'der', 'base64']).default('pem'))
    .addHelpText(
      'after',
      examples('latchkey cfssl gencrl serials.txt ca.pem ca-key.pem --serials hex --form der --out ca.crl'),
    )
    .action((serialsPath: string, ca: string, key: string, options: Options) =>
      runner.run('cfssl gencrl', options, 'nothing', async (services) => {
        const [serials] = await readFiles([serialsPath])
        if (serials === undefined) throw new AppError('invalid-input', 'Specify a file of serial numbers.')
        if (options.form === 'der' && options.out === undefined)
          throw new AppError('invalid-input', 'Refusing to write binary output to a terminal. Use -o FILE.')
        const days = daysOf(options.days)
        const how = { spelling: options.serials ?? null, days }
        const made = await withIssuer(ca, key, options, (issuer) => services.cfssl.gencrl(serials, issuer, how))
        const pem = encodePem('X509 CRL', made.der)
        const content = { pem, der: made.der, base64: Buffer.from(made.der).toString('base64') }[options.form]
        await writeCrlOut(options, made.der, content)
        const text =
          options.out === undefined ? String(content).trimEnd() : `${options.out}: ${made.serials.length} revoked`
        const json = { pem, serials: made.serials, warnings: made.warnings }
        return { exitCode: 0, json, text, notes: made.warnings.map(({ sentence }) => sentence) }
      }),
    )
}

function daysOf(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new AppError('invalid-input', '--days takes 1 to 3650.')
  return days
}
