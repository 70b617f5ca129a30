import type { Command } from 'commander'
import { signerAddress } from '#electron/cfssl/remote'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import { examples, withJson } from '../options'
import { type OutOptions, requireOut, withOut, writeOut } from '../output-files'
import type { CommonOptions, Runner } from '../runner'
import { signerKey } from '../secrets'

interface Options extends CommonOptions, OutOptions {
  remote: string
  profile: string
  label: string
  authKeyFile?: string
  insecureHttp?: boolean
}

export function addSign(cfssl: Command, runner: Runner): void {
  withOut(withJson(cfssl.command('sign')), 'output file for the certificate and its issuer (default: print)')
    .summary('let a running “cfssl serve” sign a request, and check what it returns')
    .argument('<request>', 'a CSR in any format')
    .requiredOption('--remote <address>', 'its address, for example http://127.0.0.1:8888')
    .option('--profile <name>', 'profile in its configuration', 'client')
    .option('--label <name>', 'signer to use, if it has several', '')
    .option('--auth-key-file <file>', 'its authentication key in hex, in the first line (or LATCHKEY_CFSSL_KEY)')
    .option('--insecure-http', 'allow plain http to another machine')
    .addHelpText('after', examples('latchkey cfssl sign ada.csr --remote http://127.0.0.1:8888 -o client.pem'))
    .action((path: string, options: Options) =>
      runner.run('cfssl sign', options, 'nothing', async (services) => {
        await requireOut(options)
        const url = signerAddress(options.remote, options.insecureHttp === true)
        const [request] = await readFiles([path])
        if (request === undefined) throw new AppError('invalid-input', 'Specify a request (CSR).')
        const authKey = await signerKey(options)
        const { label, profile, out } = options
        const { pem, warnings } = await services.cfssl.signRemotely(request, { url, label, profile, authKey })
        await writeOut(options, pem)
        return {
          exitCode: 0,
          json: { pem, out: out ?? null, warnings },
          text: out === undefined ? pem.trimEnd() : `Written: ${out}`,
          notes: warnings.map(({ sentence }) => sentence),
        }
      }),
    )
}
