import type { Command } from 'commander'
import { planIntent } from '#electron/cloudflare/plan/intent'
import { readFiles } from '../input-files'
import { collect, examples } from '../options'
import type { Runner } from '../runner'
import { caNamed } from './ca-named'
import { runWish, typedIntent, type WishOptions, wishOf, withWish } from './wish-command'

interface AddOptions extends WishOptions {
  name: string
  host: string[]
}

/** `cloudflare ca add` and `ca retire`. */
export function addCaChanges(ca: Command, runner: Runner): void {
  withWish(ca.command('add'), 'ca-add')
    .summary('upload a CA, and let its certificates be used at hostnames')
    .argument('<file>', 'the CA as PEM, the issuing one first and its root last')
    .requiredOption('--name <name>', 'its name in Access')
    .option('--host <hostname>', 'a hostname that should accept its certificates (repeatable)', collect, [])
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare ca add ca-chain.pem --name Clients --host app.acme.example --token-file write-token.txt',
        'latchkey cloudflare ca add ca-chain.pem --name Clients --dry-run',
      ),
    )
    .action((path: string, options: AddOptions) =>
      runWish(runner, 'ca add', options, async () => {
        const [file] = await readFiles([path])
        const pem = Buffer.from(file?.bytes ?? []).toString('latin1')
        const { name, host: hostnames } = options
        const intent = typedIntent({
          kind: 'add-ca',
          ca: { kind: 'file', name, source: { kind: 'bytes', name: 'ca.pem', bytes: new Uint8Array() } },
          hostnames,
        })
        return (account) => planIntent(account, intent, { ca: { name, pem }, wish: null }, new Date(account.readAt))
      }),
    )

  withWish(ca.command('retire'), 'ca-retire')
    .summary('delete a CA that no hostname uses any more')
    .argument('<ca>', 'its name or ID')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare ca retire "Clients 2025" --dry-run --token-file write-token.txt',
        'latchkey cloudflare ca retire "Clients 2025" --confirm "Clients 2025" --token-file write-token.txt',
      ),
    )
    .action((wanted: string, options: WishOptions) =>
      runWish(runner, 'ca retire', options, async () => {
        return (account) => wishOf(account, { retire: [caNamed(account, wanted).name] })
      }),
    )
}
