import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { findIdentity } from './find-identity'
import { parseStore } from './install'
import { examples, withJson } from './options'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  store?: string
}

export function addUninstall(program: Command, runner: Runner): void {
  withJson(program.command('uninstall'))
    .summary('take certificate, key and trust out of a certificate store again; the vault keeps its copy')
    .argument('<certificate>', 'name, key code or id')
    .option('--store <id>', 'only this store; all of them otherwise')
    .addHelpText(
      'after',
      examples('latchkey uninstall "Ada Lovelace"', 'latchkey uninstall K7QD-2M5A-XWPL-3ROB --store nss-user'),
    )
    .action((wanted: string, options: Options) =>
      runner.run('uninstall', options, 'records', async (services) => {
        const identity = await findIdentity(services, wanted)
        const only = options.store === undefined ? null : parseStore(options.store)
        const { installs } = await services.identities.detail(identity.id)
        const chosen = installs.filter((install) => only === null || install.store === only)
        if (chosen.length === 0) throw new AppError('not-found', `“${identity.name}” is not installed there.`)
        for (const install of chosen) await services.installs.remove(install.id)
        const names = chosen.map((install) => install.storeName)
        return {
          exitCode: 0,
          json: { certificate: identity.id, removedFrom: chosen.map((install) => install.store) },
          text: `Removed from ${names.join(', ')}.`,
        }
      }),
    )
}
