import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { renewalStage } from '#shared/logic/renewal'
import { renewalProgressWords, renewalTitle } from '#shared/logic/renewal-words'
import type { IdentitySummary } from '#shared/model/identity'
import type { IdentityId } from '#shared/model/ids'
import type { RenewalProgress } from '#shared/model/renewal'
import { exitCodes } from './exit-codes'
import { findIdentity } from './find-identity'
import { compareIssuer, importFiles } from './install'
import { examples, withJson, withPassphrase } from './options'
import type { Outcome } from './output'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

interface Options extends OutOptions, CommonOptions {
  file?: string[]
  sameKey?: boolean
  removeOld?: boolean
}

export function addRenew(program: Command, runner: Runner): void {
  withOut(
    withPassphrase(withJson(program.command('renew'))),
    'output file for the request, if one is made (default: print)',
  )
    .summary('replace a certificate: request, then install and test the new one where the old one is')
    .argument('[certificate]', 'name, key code or ID; not needed with --file')
    .option('--file <files...>', 'the new certificate that was issued, with or without its chain')
    .option('--same-key', 'keep the key instead of creating a new one')
    .option('--remove-old', 'once the new one works: remove the old one everywhere, and its key')
    .addHelpText(
      'after',
      `
It makes the request. With the certificate that was issued for it (--file), it installs the new one in every store that has
the old one, and tests the sites of the old one. Run it again to continue after an interruption.
${examples(
  'latchkey renew "Ada Lovelace" -o ada.csr',
  'latchkey renew --file client.pem',
  'latchkey renew "Ada Lovelace" --remove-old',
)}`,
    )
    .action((wanted: string | undefined, options: Options) =>
      runner.run('renew', options, 'keys', async (services, { say }) => {
        if (options.file !== undefined) {
          const { identity } = await importFiles(services, options.file, {})
          await compareIssuer(services, identity.id, say)
          return continued(services, identity.id, options)
        }
        if (wanted === undefined)
          throw new AppError('invalid-input', 'Specify a certificate, or the new one with --file.')
        const { id, replacement, replaces, sha256 } = await findIdentity(services, wanted, null, { isForRenewal: true })
        if (replacement !== null && replacement.notAfter !== null)
          return continued(services, replacement.identity, options)
        if (replacement === null && replaces !== null && sha256 !== null && !replaces.isKept)
          return continued(services, id, options)
        const waits = sha256 === null && replaces !== null ? replaces.identity : id
        await requireOut(options)
        return requested(services, await services.identities.renew(waits, options.sameKey ? 'same' : 'new'), options)
      }),
    )
}

async function requested(
  { identities }: Services,
  { id, name, keyCode, algorithm }: IdentitySummary,
  options: Options,
): Promise<Outcome> {
  const { pem } = await identities.requestFile(id)
  await writeOut(options, pem)
  const text =
    options.out === undefined
      ? pem.trimEnd()
      : `The request is in ${options.out}. Your private key remains on this computer; send only this request.`
  return {
    exitCode: exitCodes.fine,
    json: { state: 'requested', id, name, keyCode, algorithm, csr: pem },
    text: `${text}\nKey code: ${keyCode}`,
  }
}

async function continued({ identities, renewal }: Services, id: IdentityId, options: Options): Promise<Outcome> {
  const progress = await renewal.continueWith(id)
  const state = renewalStage(progress)
  const isRemoved = options.removeOld === true && state === 'works'
  const { name, replaces } = (await identities.detail(id)).summary
  if (isRemoved) await renewal.removeOld(id)
  const lines = [
    renewalTitle(progress, replaces?.name ?? name),
    renewalProgressWords(progress),
    ...progress.sites.map(siteLine),
    nextLine(progress, isRemoved),
  ]
  return {
    exitCode: state === 'refused' ? exitCodes.negative : exitCodes.fine,
    json: { state, id, name, ...progress, oldRemoved: isRemoved },
    text: lines.filter((line) => line !== '').join('\n'),
  }
}

const siteLine = ({ address, worksWithNew }: RenewalProgress['sites'][number]) =>
  `  ${worksWithNew === true ? 'let in ' : 'refused'}  ${address}`

function nextLine(progress: RenewalProgress, isRemoved: boolean): string {
  if (isRemoved) return 'The old certificate was removed everywhere.'
  switch (renewalStage(progress)) {
    case 'works':
      return 'To remove the old one everywhere, run it again with --remove-old.'
    case 'nothing-tested':
      return 'No site has been tested with the old one. Test one with: latchkey test ADDRESS -c CERTIFICATE'
    case 'refused':
      return 'The old one stays.'
    case 'install':
    case 'test':
      return ''
  }
}
