import type { Command } from 'commander'
import { SignerDraft } from '#shared/model/authority'
import { examples, withJson, withPassphrase } from '../options'
import type { OutOptions } from '../output-files'
import type { CommonOptions, Runner } from '../runner'
import { signerKey } from '../secrets'
import { parsed } from '../subject'
import { madeAuthority } from './made-authority'
import { withChainOut } from './options'

interface Options extends CommonOptions, OutOptions {
  profile: string
  label: string
  authKeyFile?: string
  insecureHttp?: boolean
}

export function addConnect(ca: Command, runner: Runner): void {
  withChainOut(withPassphrase(withJson(ca.command('connect'))))
    .summary('add an issuer whose key is held by a running “cfssl serve”')
    .argument('<address>', 'its address: http://127.0.0.1:8888')
    .option(
      '--profile <name>',
      'profile in its configuration, which decides the lifetime and the allowed uses',
      'client',
    )
    .option('--label <name>', 'signer to use, if it has several', '')
    .option(
      '--auth-key-file <file>',
      'its authentication key in hex, in the first line (or LATCHKEY_CFSSL_KEY); stored in the vault',
    )
    .option('--insecure-http', 'allow plain http to another machine')
    .addHelpText('after', examples('latchkey ca connect https://signer.acme.dev:8888 --auth-key-file key.txt'))
    .action((address: string, options: Options) =>
      runner.run('ca connect', options, 'keys', async (services) => {
        const { profile, label } = options
        const plainHttp = options.insecureHttp === true
        const draft = parsed(SignerDraft, { address, profile, label, plainHttp, authKey: await signerKey(options) })
        return madeAuthority(services, options, () => services.authorities.connect(draft))
      }),
    )
}
