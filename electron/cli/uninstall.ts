import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { certificateInWords, removalSentence } from '#shared/logic/removal'
import type { CertificateInStore, Install, Removal } from '#shared/model/store'
import { findIdentity } from './find-identity'
import { parseStore } from './install'
import { examples, withJson, withPassphrase } from './options'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  store?: string
  dryRun?: boolean
}

export function addUninstall(program: Command, runner: Runner): void {
  withPassphrase(withJson(program.command('uninstall')))
    .summary('remove a private key and all its certificates from a certificate store; the vault keeps its copy')
    .argument('<certificate>', 'name, key code or ID')
    .option('--store <id>', 'only this store (default: all)')
    .option('--dry-run', 'print what would be removed, and remove nothing')
    .addHelpText(
      'after',
      examples(
        'latchkey uninstall "Ada Lovelace"',
        'latchkey uninstall "Ada Lovelace" --dry-run',
        'latchkey uninstall K7QD-2M5A-XWPL-3ROB --store nss-user',
      ),
    )
    .action((wanted: string, options: Options) =>
      runner.run('uninstall', options, options.dryRun === true ? 'records' : 'journal', async (services, { say }) => {
        const identity = await findIdentity(services, wanted)
        const only = options.store === undefined ? null : parseStore(options.store)
        const installs = await services.installs.refresh(identity.id)
        const chosen = installs.filter((install) => only === null || install.store === only)
        if (chosen.length === 0)
          throw new AppError(
            'not-found',
            `“${identity.name}” is not installed in ${only === null ? 'any store' : 'this store'}.`,
          )
        const plan = chosen.map(planInWords).join('\n')
        if (options.dryRun === true) {
          const wouldRemove = chosen.flatMap(({ store, certificates }) => inStore(store, certificates))
          return {
            exitCode: 0,
            json: { certificate: identity.id, removedFrom: [], removed: [], wouldRemove },
            text: plan,
          }
        }
        say(plan)
        const removals = await removeEach(services, chosen)
        return {
          exitCode: 0,
          json: {
            certificate: identity.id,
            removedFrom: removals.filter(removedSomething).map(({ store }) => store),
            removed: removals.flatMap(({ store, certificates }) => inStore(store, certificates)),
            privateKeys: removals.map(({ store, privateKey }) => ({ store, privateKey })),
          },
          text: removals.map(removalSentence).join('\n'),
        }
      }),
    )
}

const inStore = (store: string, certificates: CertificateInStore[]) =>
  certificates.map((certificate) => ({ store, ...certificate }))

const removedSomething = ({ certificates, privateKey }: Removal) => certificates.length > 0 || privateKey === 'removed'

/** Lists each certificate that will be removed, since there may be some that the person does not know of. */
function planInWords({ storeName, certificates, keyPresent }: Install): string {
  const lines = certificates.map(certificateInWords)
  if (keyPresent) lines.push('the private key')
  return [`Will be removed from ${storeName}:`, ...(lines.length === 0 ? ['nothing found'] : lines)].join('\n  ')
}

/** Continues with the other stores if one fails; the error then names that store and what was removed from the others. */
async function removeEach(services: Services, installs: Install[]): Promise<Removal[]> {
  const removals: Removal[] = []
  let failure: { storeName: string; error: AppError } | null = null
  for (const { id, storeName } of installs) {
    try {
      removals.push(await services.installs.remove(id))
    } catch (error) {
      if (!isAppError(error)) throw error
      failure ??= { storeName, error }
    }
  }
  if (failure === null) return removals
  const { storeName, error } = failure
  const detail = error.detail === null ? storeName : `${storeName}: ${error.detail}`
  const inThat = new AppError(error.code, detail, { cause: error, done: error.done })
  const others = removals.filter(removedSomething).map(removalSentence)
  throw others.length === 0 ? inThat : inThat.after(others.join(' '))
}
