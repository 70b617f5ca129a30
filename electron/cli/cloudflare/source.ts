import type { Command } from 'commander'
import { secretIn } from '#electron/platform/environment'
import type { Progress, Source } from '#electron/services/cloudflare/ports'
import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import { withJson, withPassphrase } from '../options'
import type { CommonOptions } from '../runner'
import { apiToken } from '../secrets'

export interface SourceOptions extends CommonOptions {
  tokenFile?: string
  account?: string
  practice?: boolean
}

/** Where the token comes from. Without any of it, the one that `login` stored. */
export const withSource = (command: Command): Command =>
  withPassphrase(withJson(command))
    .option(
      '--token-file <file>',
      'file with the API token in its first line; “-” reads standard input (or CLOUDFLARE_API_TOKEN)',
    )
    .option('--account <id>', 'ID or exact name of the account, if the token can read several')
    .option('--practice', 'use the practice account of this computer, which decides who gets in at “latchkey lab”')

/** Whether there is a token without the vault. The practice account needs none. */
export const isGiven = ({ tokenFile, practice }: SourceOptions): boolean =>
  practice === true || tokenFile !== undefined || secretIn('CLOUDFLARE_API_TOKEN') !== null

/** The vault is only opened for a token that is in it. */
export const needsOf = (options: SourceOptions): 'records' | 'records-if-any' | 'api-token' =>
  isGiven(options) ? needsWithToken(options) : 'api-token'

/** Of commands that use no stored token. The practice account is kept in Latchkey's folder. */
export const needsWithToken = ({ practice }: SourceOptions): 'records' | 'records-if-any' =>
  practice === true ? 'records' : 'records-if-any'

export async function sourceOf(options: SourceOptions, say: (text: string) => void): Promise<Source> {
  if (options.practice === true) return practiceSource(options)
  const token = await apiToken(options)
  if (token !== null && options.tokenFile === undefined) say('Using the API token in CLOUDFLARE_API_TOKEN.')
  return { token, account: options.account ?? null, ...reporting(say) }
}

/** A token in the environment is left where it is; one that is named here was meant for another account. */
function practiceSource({ tokenFile, account }: SourceOptions): Source {
  if (tokenFile !== undefined || account !== undefined)
    throw new AppError('invalid-input', 'The practice account takes no API token and no --account.')
  return { token: null, account: null, isPractice: true }
}

const reasons = {
  'rate-limited': 'Cloudflare accepts no more requests for now',
  unreachable: 'Cloudflare did not answer',
}

/** Without a message, the pause would look like a hang. */
const reporting = (say: (text: string) => void): Progress => ({
  onPause: ({ seconds, reason }) => say(`${reasons[reason]}. Trying again in ${countOf(seconds, 'second')}.`),
})
