import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { certificateInWords, removalSentence } from '#shared/logic/removal-words'
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
          throw new AppError('not-found', `“${identity.name}” is not installed in any of the chosen stores.`)
        const plan = chosen.map(planned).join('\n')
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
            removedFrom: removals.filter(tookSomething).map(({ store }) => store),
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

const tookSomething = ({ certificates, privateKey }: Removal) => certificates.length > 0 || privateKey === 'removed'

/** What goes, each certificate by itself: one that nobody expected may be among them. */
function planned({ storeName, certificates, keyPresent }: Install): string {
  const lines = certificates.map(certificateInWords)
  if (keyPresent) lines.push('the private key')
  return [`To be removed from ${storeName}:`, ...(lines.length === 0 ? ['nothing found'] : lines)].join('\n  ')
}

/** A store that refuses does not keep the others from being cleared; it is named, and so is what was done. */
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
  const told = [error.detail === null ? storeName : `${storeName}: ${error.detail}`, ...removals.map(removalSentence)]
  throw new AppError(error.code, told.join(' '), { cause: error })
}
