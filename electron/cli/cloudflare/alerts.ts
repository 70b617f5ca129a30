import type { Command } from 'commander'
import { alertNamed, destinationNamed } from '#electron/cloudflare/alerting'
import { planIntent } from '#electron/cloudflare/plan/intent'
import { AppError } from '#shared/errors'
import {
  alertUnavailable,
  defaultAlertName,
  destinationWords,
  practiceTestAccepted,
  testAccepted,
} from '#shared/logic/access/alert-words'
import { isEmailAddress } from '#shared/logic/email-address'
import type { AccessAlert, AccessAlerting, NamedDestinations } from '#shared/model/access-account'
import { exitCodes } from '../exit-codes'
import { collect, examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { requireToken } from './make-changes'
import { needsOf, needsWithToken, type SourceOptions, sourceOf, withSource } from './source'
import { runWish, typedIntent, type WishOptions, wishOf, withWish } from './wish-command'

interface AddOptions extends WishOptions {
  name: string
  email: string[]
  webhook: string[]
  pagerduty: string[]
}

/** `cloudflare alerts list`, `alerts add`, `alerts remove` and `alerts test`. */
export function addAlerts(cloudflare: Command, runner: Runner): void {
  const alerts = cloudflare
    .command('alerts')
    .summary('list, create, test and delete Cloudflare’s own warnings before uploaded CAs expire')
  addList(alerts, runner)
  addAdd(alerts, runner)
  addRemove(alerts, runner)
  addTest(alerts, runner)
}

function addList(alerts: Command, runner: Runner): void {
  withSource(alerts.command('list', { isDefault: true }))
    .summary('list the warnings, and whether the account may have them')
    .addHelpText('after', examples('latchkey cloudflare alerts list', 'latchkey cloudflare alerts list --json'))
    .action((options: SourceOptions) =>
      runner.run('cloudflare alerts list', options, needsOf(options), async ({ cloudflare }, { say }) =>
        listed(await cloudflare.alerting(await sourceOf(options, say))),
      ),
    )
}

function listed({ alerts, isAvailable, destinations, known }: AccessAlerting): Outcome {
  const isWarned = alerts.some(({ isEnabled }) => isEnabled)
  const none = isAvailable
    ? 'Cloudflare warns nobody before a CA of Access expires. Use “alerts add”.'
    : alertUnavailable
  return {
    exitCode: isWarned ? exitCodes.fine : exitCodes.negative,
    json: { alerts: alerts.map(({ fetched: _fetched, ...shown }) => shown), isAvailable, destinations, known },
    text: [
      alerts.map((alert) => words(alert, known)).join('\n') || none,
      ...(known.webhooks ?? []).map(({ id, name }) => `${id}  webhook “${name}”`),
      ...(known.pagerduty ?? []).map(({ id, name }) => `${id}  PagerDuty service “${name}”`),
    ].join('\n'),
  }
}

const words = ({ id, name, isEnabled, destinations }: AccessAlert, known: NamedDestinations): string =>
  `${id}  “${name}”${isEnabled ? '' : ' (off)'}: 30 and 14 days before a CA expires, ${destinationWords(destinations, known)}`

function addAdd(alerts: Command, runner: Runner): void {
  withWish(alerts.command('add'), 'alerts-add')
    .summary('create a warning, or send the one of this name to more destinations')
    .option('--name <name>', 'its name at Cloudflare', defaultAlertName)
    .option('--email <address>', 'an address that it goes to (repeatable)', collect, [])
    .option(
      '--webhook <webhook>',
      'a webhook of the account that it goes to, by its name or ID (repeatable)',
      collect,
      [],
    )
    .option('--pagerduty <service>', 'a PagerDuty service that it goes to, by its name or ID (repeatable)', collect, [])
    .addHelpText(
      'after',
      examples('latchkey cloudflare alerts add --email pki@example.com --token-file write-token.txt'),
    )
    .action((options: AddOptions) =>
      runWish(runner, 'alerts add', options, async () => {
        const { name, email: emails, webhook, pagerduty } = options
        const wrong = emails.find((one) => !isEmailAddress(one))
        if (wrong !== undefined) throw new AppError('invalid-input', `“${wrong}” is not an e-mail address.`)
        if (emails.length + webhook.length + pagerduty.length === 0)
          throw new AppError('invalid-input', 'Give at least one destination: --email, --webhook or --pagerduty.')
        return (account) => {
          const { alerting } = account
          const idsOf = (kind: 'webhooks' | 'pagerduty', wanted: string[]) =>
            // Without a reading of them, the plan says which permission is missing.
            alerting === null ? wanted : wanted.map((one) => destinationNamed(alerting, kind, one))
          const destinations = {
            emails,
            webhooks: idsOf('webhooks', webhook),
            pagerduty: idsOf('pagerduty', pagerduty),
          }
          const intent = typedIntent({ kind: 'add-alert', name, destinations })
          return planIntent(account, intent, { ca: null, wish: null }, new Date(account.readAt))
        }
      }),
    )
}

function addRemove(alerts: Command, runner: Runner): void {
  withWish(alerts.command('remove'), 'alerts-remove')
    .summary('delete a warning')
    .argument('<alert>', 'its name or ID')
    .addHelpText(
      'after',
      examples('latchkey cloudflare alerts remove "CA expiry" --confirm "CA expiry" --token-file write-token.txt'),
    )
    .action((wanted: string, options: WishOptions) =>
      runWish(runner, 'alerts remove', options, async () => (account) => {
        // Without a reading of them, the plan says which permission is missing.
        const name = account.alerting === null ? wanted : alertNamed(account.alerting, wanted).name
        return wishOf(account, { removeAlerts: [name] })
      }),
    )
}

function addTest(alerts: Command, runner: Runner): void {
  withSource(alerts.command('test'))
    .summary('have Cloudflare send a test of a warning')
    .argument('<alert>', 'its name or ID')
    .addHelpText('after', examples('latchkey cloudflare alerts test "CA expiry" --token-file write-token.txt'))
    .action((wanted: string, options: SourceOptions) =>
      runner.run('cloudflare alerts test', options, needsWithToken(options), async ({ cloudflare }, { say }) => {
        requireToken({ ...options, confirm: [], tested: [] })
        const { id, name, destinations } = await cloudflare.testAlert(await sourceOf(options, say), wanted)
        const sentence = options.practice === true ? practiceTestAccepted : testAccepted
        return {
          exitCode: exitCodes.fine,
          json: { alert: { id, name, destinations }, accepted: true, sentence },
          text: `“${name}”, ${destinationWords(destinations)}: ${sentence}`,
        }
      }),
    )
}
