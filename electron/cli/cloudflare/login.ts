import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { examples, withJson } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { unreadNotes } from './notes'
import { isGiven, type SourceOptions, sourceOf, withSource } from './source'

export function addLogin(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('login'))
    .summary('verify an API token, and store it with your keys')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare login --token-file -',
        'latchkey cloudflare login --token-file token.txt --account Acme',
      ),
    )
    .action((options: SourceOptions) =>
      runner.run('cloudflare login', options, 'keys', async ({ cloudflare }, { say }) => {
        if (options.practice === true)
          throw new AppError(
            'invalid-input',
            'The practice account needs no login. Use “latchkey cloudflare status --practice”.',
          )
        const source = await sourceOf(orAsk(options), say)
        if (source.token === null) throw new AppError('cloudflare-not-connected')
        const { reading, store } = await cloudflare.login({ ...source, token: source.token })
        await store()
        const { account, token, unread } = reading
        const { kind, expiresOn } = token
        const contents = [
          countOf(account.cas.length, 'CA'),
          countOf(account.applications.length, 'application'),
          countOf(account.policies.length, 'policy', 'policies'),
        ]
        const until = expiresOn === null ? '' : ` It expires on ${expiresOn}.`
        return {
          exitCode: 0,
          json: { account: token.account, token: { kind, expiresOn }, unread },
          text: `Connected to “${account.name}” with a token of ${kind === 'user' ? 'a user' : 'the account'}: ${contents.join(', ')}.${until}`,
          notes: [...unreadNotes(unread), 'Latchkey has not checked whether the token may also write.'],
        }
      }),
    )
}

/** Somebody at a terminal is asked for the token, unless it is given. */
const orAsk = (options: SourceOptions): SourceOptions =>
  isGiven(options) || !process.stdin.isTTY ? options : { ...options, tokenFile: '-' }

export function addLogout(cloudflare: Command, runner: Runner): void {
  withJson(cloudflare.command('logout'))
    .summary('remove the stored API token from this computer')
    .addHelpText('after', examples('latchkey cloudflare logout'))
    .action((options: CommonOptions) =>
      runner.run('cloudflare logout', options, 'records', async ({ cloudflare }) => {
        const removed = await cloudflare.logout()
        return {
          exitCode: 0,
          json: { removed },
          text: removed
            ? 'The stored API token was removed. It was not revoked at Cloudflare.'
            : 'No API token was stored.',
        }
      }),
    )
}
