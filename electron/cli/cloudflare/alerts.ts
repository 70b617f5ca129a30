import type { Command } from 'commander'
import type { ExpiryAlert } from '#electron/cloudflare/alerts'
import { AppError } from '#shared/errors'
import { joinNames } from '#shared/logic/formatting'
import { exitCodes } from '../exit-codes'
import { collect, examples } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { requireToken } from './make-changes'
import { needsOf, needsWithToken, type SourceOptions, sourceOf, withSource } from './source'

interface Options extends SourceOptions {
  email: string[]
}

/** Only tells a slip of the keyboard; Cloudflare decides. */
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u

export function addAlerts(cloudflare: Command, runner: Runner): void {
  withSource(cloudflare.command('alerts'))
    .summary('list Cloudflare’s own warnings before uploaded CAs expire, or create one')
    .option('--email <address>', 'create the warning for this address, unless it is there (repeatable)', collect, [])
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare alerts',
        'latchkey cloudflare alerts --email pki@example.com --token-file write-token.txt',
      ),
    )
    .action((options: Options) =>
      runner.run(
        'cloudflare alerts',
        options,
        options.email.length === 0 ? needsOf(options) : needsWithToken(options),
        async ({ cloudflare }, { say }) => {
          const wrong = options.email.find((one) => !address.test(one))
          if (wrong !== undefined) throw new AppError('invalid-input', `“${wrong}” is not an e-mail address.`)
          if (options.email.length === 0) return listed(await cloudflare.alerts(await sourceOf(options, say)))
          requireToken({ ...options, confirm: [], tested: [] })
          return ensured(await cloudflare.ensureAlert(await sourceOf(options, say), options.email))
        },
      ),
    )
}

function listed(alerts: ExpiryAlert[]): Outcome {
  const isWarned = alerts.some(({ isEnabled }) => isEnabled)
  return {
    exitCode: isWarned ? exitCodes.fine : exitCodes.negative,
    json: { alerts },
    text: alerts.map(words).join('\n') || 'Cloudflare warns nobody before a CA of Access expires. Use --email.',
  }
}

const ensured = ({ alert, isNew }: { alert: ExpiryAlert; isNew: boolean }): Outcome => ({
  exitCode: exitCodes.fine,
  json: { alert, isNew },
  text: isNew ? `Created: ${words(alert)}` : `Already there: ${words(alert)}`,
})

const words = ({ name, isEnabled, emails }: ExpiryAlert): string => {
  const to = emails.length === 0 ? 'by other means than e-mail' : `to ${joinNames(emails)}`
  return `“${name}”${isEnabled ? '' : ' (off)'}: 30 and 14 days before a CA expires, ${to}`
}
