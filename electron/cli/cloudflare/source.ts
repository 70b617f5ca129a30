import type { Command } from 'commander'
import { secretIn } from '#electron/platform/environment'
import type { Progress, Source } from '#electron/services/cloudflare/index'
import { countOf } from '#shared/logic/formatting'
import { withJson, withPassphrase } from '../options'
import type { CommonOptions } from '../runner'
import { apiToken } from '../secrets'

export interface SourceOptions extends CommonOptions {
  tokenFile?: string
  account?: string
}

/** Where the token comes from. Without any of it, the one that `login` stored. */
export const withSource = (command: Command): Command =>
  withPassphrase(withJson(command))
    .option(
      '--token-file <file>',
      'file with the API token in its first line; “-” reads standard input (or CLOUDFLARE_API_TOKEN)',
    )
    .option('--account <id>', 'ID or exact name of the account, if the token can read several')

/** Whether there is a token without the vault. */
export const isGiven = ({ tokenFile }: SourceOptions): boolean =>
  tokenFile !== undefined || secretIn('CLOUDFLARE_API_TOKEN') !== null

/** The vault is only opened for a token that is in it. */
export const needsOf = (options: SourceOptions): 'records-if-any' | 'api-token' =>
  isGiven(options) ? 'records-if-any' : 'api-token'

export async function sourceOf(options: SourceOptions, say: (text: string) => void): Promise<Source> {
  const token = await apiToken(options)
  if (token !== null && options.tokenFile === undefined) say('Using the API token in CLOUDFLARE_API_TOKEN.')
  return { token, account: options.account ?? null, ...reporting(say) }
}

const reasons = {
  'rate-limited': 'Cloudflare accepts no more requests for now',
  unreachable: 'Cloudflare did not answer',
}

/** Without a message, the pause would look like a hang. */
const reporting = (say: (text: string) => void): Progress => ({
  onPause: ({ seconds, reason }) => say(`${reasons[reason]}. Trying again in ${countOf(seconds, 'second')}.`),
})
