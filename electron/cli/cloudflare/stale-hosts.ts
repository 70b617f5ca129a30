import type { Command } from 'commander'
import { formatIsoTime } from '#shared/logic/formatting'
import type { AccessStatus, HostProblem } from '#shared/model/access-status'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'
import { problemWords } from './status'

/** What nothing uses: a CA or a setting for a hostname at which no policy asks for a certificate. */
const unused: HostProblem[] = ['no-application', 'no-certificate-rule', 'setting-without-ca']

/** `cloudflare host stale`. */
export function addStaleHosts(host: Command, runner: Runner): void {
  withSource(host.command('stale'))
    .summary('list hostnames with a CA or a setting that nothing uses')
    .addHelpText('after', examples('latchkey cloudflare host stale', 'latchkey cloudflare host stale --json'))
    .action((options: SourceOptions) =>
      runner.run('cloudflare host stale', options, needsOf(options), async ({ cloudflare }, { say }) =>
        staleOutcome(await cloudflare.status(await sourceOf(options, say), { eachZone: true })),
      ),
    )
}

function staleOutcome({ account, readAt, hosts, unread }: AccessStatus): Outcome {
  const stale = hosts.flatMap(({ hostname, cas, problems }) => {
    const why = problems.filter((problem) => unused.includes(problem))
    return why.length === 0 ? [] : [{ hostname, cas: cas.map(({ id, name }) => ({ id, name })), why }]
  })
  const lines = stale.flatMap(({ hostname, cas, why }) => [
    `${hostname}${cas.length === 0 ? '' : ` (${cas.map(({ name }) => `“${name}”`).join(', ')})`}`,
    ...why.map((problem) => `  ${problemWords[problem]}`),
  ])
  return {
    exitCode: stale.length === 0 ? exitCodes.fine : exitCodes.negative,
    json: { account: { id: account.id, name: account.name }, readAt, stale, unread },
    text:
      lines.join('\n') ||
      `Every hostname with a CA has a policy that asks for a certificate, as read at ${formatIsoTime(readAt)}.`,
    notes: unreadNotes(unread),
  }
}
