import { stat } from 'node:fs/promises'
import type { Command } from 'commander'
import type { Address } from '#electron/cloudflare/explain/explain'
import { decodePem } from '#electron/pki/containers/pem'
import type { ExplainedReading } from '#electron/services/cloudflare/ports'
import type { FileServices } from '#electron/services/file-services'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { adviceWords } from '#shared/logic/access/advice-words'
import { reasonWords, verdictWords } from '#shared/logic/access/explanation-words'
import { revocationWords } from '#shared/logic/access/limitations'
import { namesOf } from '#shared/logic/access/rule-words'
import { parseAddress } from '#shared/logic/address'
import { formatIsoTime } from '#shared/logic/formatting'
import { exitCodes } from '../exit-codes'
import { findIdentity } from '../find-identity'
import { readFiles } from '../input-files'
import { examples, withPassword } from '../options'
import type { Outcome } from '../output'
import type { Runner } from '../runner'
import { withPasswordWhenNeeded } from '../secrets'
import { unreadNotes } from './notes'
import { needsOf, type SourceOptions, sourceOf, withSource } from './source'

interface Options extends SourceOptions {
  certificate?: string
  passwordFile?: string
}

export function addExplain(cloudflare: Command, runner: Runner): void {
  withPassword(withSource(cloudflare.command('explain')))
    .summary('say who gets in at an address, with or without a certificate')
    .argument('<address>', 'for example https://admin.example.com/reports')
    .option('-c, --certificate <which>', 'a file with the certificate, or one of yours: name, key code or ID')
    .addHelpText(
      'after',
      examples(
        'latchkey cloudflare explain admin.example.com',
        'latchkey cloudflare explain https://admin.example.com/reports --certificate client.pem',
        'latchkey cloudflare explain admin.example.com -c "Ada Lovelace" --json',
      ),
    )
    .action((address: string, options: Options) =>
      runner.run('cloudflare explain', options, needsOf(options), async (services, { say }) => {
        const asked = addressOf(address)
        const certificates = await certificatesOf(services, options)
        const source = await sourceOf(options, say)
        return explainOutcome(address, await services.cloudflare.explain(source, asked, certificates))
      }),
    )
}

function addressOf(text: string): Address {
  const parsed = parseAddress(text)
  if (!parsed.ok) throw new AppError('address-invalid', parsed.reason)
  return { hostname: parsed.hostname, path: parsed.path }
}

/** A file of this name comes first: it is what the shell completes. */
async function certificatesOf(services: Services | FileServices, options: Options): Promise<Uint8Array[] | null> {
  const { certificate } = options
  if (certificate === undefined) return null
  if (await stat(certificate).catch(() => null)) {
    const files = await readFiles([certificate])
    return withPasswordWhenNeeded(options, (password) => services.certificatesIn(files, password))
  }
  if (!('identities' in services)) throw new AppError('not-found', `There is no file “${certificate}”.`)
  const own = await services.identities.detail((await findIdentity(services, certificate)).id)
  if (own.certificate === null) throw new AppError('not-found', 'There is no certificate yet, only its request.')
  return [own.certificate, ...own.chain].flatMap(({ pem }) => decodePem(pem).map(({ der }) => der))
}

function explainOutcome(address: string, reading: ExplainedReading): Outcome {
  const { account, unread, visitor, explanation } = reading
  const names = namesOf(account)
  const steps = explanation.reasons.map((reason) => ({ ...reasonWords(reason, visitor, names), ...reason }))
  const advice = adviceWords(explanation, visitor)
  const limitation = revocationWords(explanation)
  const lines = steps.map(({ title, detail }, index) => `${index + 1}. ${title}\n   ${detail}`)
  return {
    exitCode: explanation.verdict === 'let-in' ? exitCodes.fine : exitCodes.negative,
    json: {
      account: { id: account.id, name: account.name },
      visitor,
      ...explanation,
      reasons: steps,
      advice,
      limitation,
      unread,
    },
    text: `${verdictWords(explanation)}: ${address}, as read at ${formatIsoTime(account.readAt)}\n${[...lines, ...(advice === null ? [] : [advice])].join('\n')}`,
    notes: [...unreadNotes(unread), ...(limitation === null ? [] : [limitation])],
  }
}
