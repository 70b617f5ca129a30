import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import type { AuthoritySummary } from '#shared/model/authority'
import { readFiles } from '../input-files'
import { examples, withPassword } from '../options'
import type { Runner } from '../runner'
import { readSecret } from '../secrets'
import { createAuthority } from './create-authority'
import { caPassphrase, type SigningOptions, withChainOut, withSigning } from './options'

interface Options extends SigningOptions {
  passwordFile?: string
  certificateOnly?: boolean
}

export function addImport(ca: Command, runner: Runner): void {
  withChainOut(withPassword(withSigning(ca.command('import'))))
    .summary('add an issuer that was created elsewhere; CRL numbers continue from its last CRL, if given')
    .argument('<files...>', 'its certificate, key, chain and CRL, in any format')
    .option('--certificate-only', 'import without a key: the issuer can be shown and uploaded, but cannot sign here')
    .addHelpText(
      'after',
      examples('latchkey ca import intermediate.pem intermediate.key rootCA.pem', 'latchkey ca import ca.p12'),
    )
    .action((paths: string[], options: Options) =>
      runner.run('ca import', options, 'keys', async (services) => {
        const passphrase =
          options.certificateOnly === true ? null : await caPassphrase(options, 'New passphrase for its key here: ')
        return createAuthority(services, options, () => importAll(services, paths, options, passphrase))
      }),
    )
}

async function importAll(
  services: Services,
  paths: string[],
  { passwordFile }: Options,
  passphrase: string | null,
): Promise<AuthoritySummary> {
  try {
    return await services.authorities.import(await readFiles(paths), null, passphrase)
  } catch (error) {
    if (!isAppError(error, 'password-needed')) throw error
    const question = 'Password of the file: '
    const password = await readSecret({ file: passwordFile, variable: 'LATCHKEY_PASSWORD', question })
    if (password === null) throw new AppError('password-needed', error.detail)
    return services.authorities.import(await readFiles(paths), password, passphrase)
  }
}
