import type { Command } from 'commander'
import type { CheckFinding } from '#electron/cloudflare/check'
import { countOf } from '#shared/logic/formatting'
import { type ExitCode, exitCodes } from '../exit-codes'
import { examples } from '../options'
import type { Runner } from '../runner'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

export function addCheck(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('check'))
    .summary('compare the answers of Cloudflare’s API with its documentation; changes nothing')
    .addHelpText(
      'after',
      examples('latchkey cloudflare check', 'latchkey cloudflare check --token-file token.txt --json'),
    )
    .action((options: SourceOptions) =>
      runner.run('cloudflare check', options, needsOf(options), async ({ cloudflare }, { say }) => {
        const findings = await cloudflare.check(await sourceOf(options, say))
        return { exitCode: exitCodeOf(findings), json: { findings }, text: findings.map(describe).join('\n') }
      }),
    )
}

function exitCodeOf(findings: CheckFinding[]): ExitCode {
  if (findings.some(({ error }) => error !== null)) return exitCodes.unavailable
  return findings.some(({ outcome }) => outcome === 'differs') ? exitCodes.negative : exitCodes.fine
}

const names: Record<CheckFinding['what'], string> = {
  certificates: 'CAs',
  settings: 'hostname settings',
  applications: 'applications',
  applicationPolicies: 'policies of applications',
  policies: 'reusable policies',
  groups: 'rule groups',
  identityProviders: 'identity providers',
  serviceTokens: 'service tokens',
  zones: 'zones',
  notifications: 'notifications',
  availableAlerts: 'kinds of notifications',
  eligibleDestinations: 'kinds of destinations',
  webhooks: 'webhooks',
  pagerDutyServices: 'PagerDuty services',
  organization: 'organisation',
}

function describe({ what, objects, undocumented, absent, error }: CheckFinding): string {
  const lines = [
    ...(error === null ? [] : [`! ${error.code}${error.detail === null ? '' : `: ${error.detail}`}`]),
    ...(undocumented.length === 0 ? [] : [`! not documented: ${undocumented.join(', ')}`]),
    ...(absent.length === 0 ? [] : [`documented, but never returned: ${absent.join(', ')}`]),
  ]
  return [`${names[what]}: ${countOf(objects, 'object')}`, ...lines.map((line) => `  ${line}`)].join('\n')
}
