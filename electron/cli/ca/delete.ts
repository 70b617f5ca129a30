import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { countOf } from '#shared/logic/formatting'
import type { AuthorityDeletion } from '#shared/model/authority'
import { examples, withJson, withPassphrase } from '../options'
import type { CommonOptions, Runner } from '../runner'
import { findAuthority } from './find'

interface Options extends CommonOptions {
  confirm?: string
}

export function addDelete(ca: Command, runner: Runner): void {
  withPassphrase(withJson(ca.command('delete')))
    .summary('delete an issuer with its key, the list of what it issued, and its CRL')
    .argument('<issuer>', 'name, key code or ID')
    .option('--confirm <name>', 'its name once more; without it, nothing is deleted')
    .addHelpText('after', examples('latchkey ca delete "Old CA" --confirm "Old CA"'))
    .action((wanted: string, options: Options) =>
      runner.run('ca delete', options, 'journal', async (services) => {
        const { id, name } = await findAuthority(services, wanted)
        const deletion = await services.authorities.deletion(id)
        const { confirm } = options
        if (confirm === undefined)
          throw new AppError(
            'invalid-input',
            `Deleting “${name}” cannot be undone. ${goingWords(deletion)} Confirm with its name: --confirm ${JSON.stringify(name)}`,
          )
        await services.authorities.delete(id, confirm)
        return { exitCode: 0, json: { deleted: deletion }, text: `Deleted: “${name}”. ${goingWords(deletion)}` }
      }),
    )
}

function goingWords({ keys, issued, live, hasCrl, below }: AuthorityDeletion): string {
  const own = keys.filter(({ hasKey }) => hasKey).length
  const crl = hasCrl ? ', its last CRL' : ''
  return [
    `With it: ${countOf(own, 'private key')}${crl}, and the list of ${countOf(issued, 'issued certificate')}, ${live} of them still valid.`,
    ...(keys.length > 1 ? [`All ${keys.length} keys of this name go together, because they share revocations.`] : []),
    ...(below.length > 0 ? [`Issuers below it stay: ${below.join(', ')}.`] : []),
  ].join(' ')
}
