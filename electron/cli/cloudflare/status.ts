import type { Command } from 'commander'
import { forwardingWords } from '#shared/logic/access/limitations'
import { formatIsoDate, formatIsoTime } from '#shared/logic/formatting'
import type { RowChange } from '#shared/model/access-look'
import type { AccessStatus, HostProblem } from '#shared/model/access-status'
import { exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

interface Options extends SourceOptions {
  eachZone?: boolean
}

const withZones = (command: Command): Command =>
  command.option('--each-zone', 'also ask every zone, in case it has applications that the account does not list')

export function addStatus(cloudflare: Command, runner: Runner): void {
  withZones(withSource(cloudflare.command('status')))
    .summary('list the hostnames with their CAs, applications, policies and problems')
    .addHelpText(
      'after',
      examples('latchkey cloudflare status', 'latchkey cloudflare status --token-file - --account Acme --json'),
    )
    .action((options: Options) =>
      runner.run('cloudflare status', options, needsOf(options), async ({ cloudflare }, { say }) => {
        const source = await sourceOf(options, say)
        return statusOutcome(await cloudflare.status(source, { eachZone: options.eachZone === true }))
      }),
    )
}

function statusOutcome(status: AccessStatus): Outcome {
  const { account, readAt, hosts, unread, comparedWith } = status
  const rows =
    hosts.map(describeHost).join('\n') || 'No hostnames yet: Access has no CA, no setting and no application.'
  return {
    exitCode: hosts.some(({ problems }) => problems.length > 0) ? exitCodes.negative : exitCodes.fine,
    json: { ...status },
    text: `“${account.name}” (${account.id}), as read at ${formatIsoTime(readAt)}\n${rows}`,
    notes: [
      ...unreadNotes(unread),
      ...(comparedWith !== null && hosts.some(({ changes }) => changes.length > 0)
        ? [`Changes (~) are since ${formatIsoTime(comparedWith)}. “drift” shows them in full.`]
        : []),
    ],
  }
}

const changeWords: Record<RowChange, string> = {
  'ca-changed': 'A CA has changed.',
  'setting-changed': 'Its setting has changed.',
  'application-new': 'An application is new.',
  'application-changed': 'An application has changed.',
  'application-gone': 'An application is gone.',
  'policy-added': 'A policy was attached.',
  'policy-removed': 'A policy was detached.',
  'policy-changed': 'A policy has changed.',
  'group-changed': 'A rule group has changed.',
}

export const problemWords: Record<HostProblem, string> = {
  'ca-expired': 'A CA has expired: no certificate that it issued is accepted.',
  'ca-expires-soon': 'A CA expires within 30 days.',
  'no-application': 'No application covers this hostname.',
  'no-certificate-rule': 'No policy asks for a certificate.',
  'no-ca': 'A policy asks for a certificate, but no CA is associated.',
  'setting-without-ca': 'There is a setting for this hostname, but no CA.',
}

function describeHost(host: AccessStatus['hosts'][number]): string {
  const { hostname, cas, applications, forwarding, lastTest, problems, changes } = host
  const lines = [
    ...cas.map(({ name, issuer, expiresOn, state }) => {
      const here = issuer === null ? '' : `, issuer “${issuer}” here`
      const until = expiresOn === null ? 'expiry unknown' : `until ${formatIsoDate(expiresOn)}`
      return `CA “${name}”${here}, ${until}${state === 'expired' ? ' (expired)' : ''}`
    }),
    ...applications.flatMap(({ name, uris, policies }) => [
      `application “${name}” at ${uris.join(', ')}`,
      ...policies.map(
        (policy, index) => `  ${index + 1}. ${policy.name === null ? policy.id : `“${policy.name}”`}: ${policy.words}`,
      ),
    ]),
    ...(forwarding === true ? [forwardingWords] : []),
    ...(lastTest === null ? [] : [`last test ${formatIsoDate(lastTest.at)}: ${lastTest.sentence}`]),
    ...problems.map((problem) => `! ${problemWords[problem]}`),
    ...changes.map((change) => `~ ${changeWords[change]}`),
  ]
  return [hostname, ...lines.map((line) => `  ${line}`)].join('\n')
}
