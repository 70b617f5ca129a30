import type { Command } from 'commander'
import { planIntent } from '#electron/cloudflare/plan/intent'
import { examples } from '../options'
import type { Runner } from '../runner'
import { caNamed } from './ca-named'
import { addStaleHosts } from './stale-hosts'
import { runWish, typedIntent, type WishOptions, withWish } from './wish-command'

interface Options extends WishOptions {
  ca: string
}

interface Verb {
  name: 'add' | 'remove'
  summary: string
  ca: string
}

const verbs: Verb[] = [
  {
    name: 'add',
    summary: 'let the certificates of a CA be used at hostnames',
    ca: 'the CA that they should accept: its name or ID',
  },
  {
    name: 'remove',
    summary: 'take hostnames off a CA',
    ca: 'the CA that they should no longer accept: its name or ID',
  },
]

/** `cloudflare host add`, `host remove` and `host stale`. */
export function addHostChanges(host: Command, runner: Runner): void {
  addStaleHosts(host, runner)
  for (const { name, summary, ca } of verbs)
    withWish(host.command(name), `host-${name}`)
      .summary(summary)
      .argument('<hostnames...>', 'hostnames in lower case')
      .requiredOption('--ca <ca>', ca)
      .addHelpText(
        'after',
        examples(
          `latchkey cloudflare host ${name} app.acme.example --ca Clients --dry-run --token-file write-token.txt`,
        ),
      )
      .action((hostnames: string[], options: Options) =>
        runWish(runner, `host ${name}`, options, async () => {
          const changed = { add: [], remove: [], [name]: hostnames }
          return (account) => {
            const { id } = caNamed(account, options.ca)
            const intent = typedIntent({ kind: 'set-hostnames', ca: id, ...changed })
            return planIntent(account, intent, { ca: null, wish: null }, new Date(account.readAt))
          }
        }),
      )
}
