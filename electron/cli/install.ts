import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import { certificateInWords } from '#shared/logic/removal-words'
import { unreadWords } from '#shared/logic/unread-words'
import { StoreId } from '#shared/model/ids'
import { Trust } from '#shared/model/store'
import { findIdentity } from './find-identity'
import { importFiles } from './import-files'
import { examples, withJson, withPassphrase, withPassword } from './options'
import type { CommonOptions, Runner } from './runner'

interface Options extends CommonOptions {
  passwordFile?: string
  file?: string[]
  pick?: string
  store?: string
  trust: string
}

export function addInstall(program: Command, runner: Runner): void {
  withPassword(withPassphrase(withJson(program.command('install'))))
    .summary('take in the issued certificate, if a file is given, and put it into a certificate store')
    .argument('[certificate]', 'name, key code or id; not needed with --file')
    .option('--file <files...>', 'the issued certificate, with or without its chain; a key file too where there is one')
    .option('--pick <which>', 'one of several certificates in the files: its number, name or SHA-256')
    .option('--store <id>', 'as “latchkey stores” names it; the first ready one otherwise')
    .option(
      '--trust <what>',
      'none, certificate or authority (whoever holds that CA could then pretend to be any site)',
      'certificate',
    )
    .addHelpText(
      'after',
      examples('latchkey install --file client.pem', 'latchkey install "Ada Lovelace" --store nss-user'),
    )
    .action((wanted: string | undefined, options: Options) =>
      runner.run('install', options, 'keys', async (services) => {
        const trust = Trust.safeParse(options.trust)
        if (!trust.success) throw new AppError('invalid-input', '--trust takes none, certificate or authority.')
        const { identity, unread } = await identityFor(services, wanted, options)
        const install = await services.installs.install(
          identity.id,
          await storeFor(services, options.store),
          trust.data,
        )
        const trusted =
          install.trust.reason === null ? install.trust.state : `${install.trust.state} (${install.trust.reason})`
        const done = `“${identity.name}” is installed in ${install.storeName}; read back with its key. Trust: ${trusted}`
        const earlier = install.certificates.filter(({ sha256 }) => sha256 !== identity.sha256)
        const stays = earlier.map((one) => `Also there, of the same key: ${certificateInWords(one)}`)
        const text = [done, ...stays, ...unread.map((failure) => `Not read: ${unreadWords(failure)}`)].join('\n')
        return { exitCode: 0, json: { certificate: identity, install, unread }, text }
      }),
    )
}

async function identityFor(services: Services, wanted: string | undefined, options: Options) {
  if (options.file !== undefined) return importFiles(services, options.file, options)
  if (wanted === undefined) throw new AppError('invalid-input', 'Name a certificate or give its file with --file.')
  return { identity: await findIdentity(services, wanted), unread: [] }
}

async function storeFor(services: Services, wanted: string | undefined): Promise<StoreId> {
  if (wanted !== undefined) return parseStore(wanted)
  const stores = await services.installs.stores()
  const ready = stores.find((store) => store.problem === null)
  if (ready !== undefined) return ready.id
  const [first] = stores
  if (first?.problem) throw new AppError(first.problem.code, first.problem.remedy)
  throw new AppError('store-unavailable')
}

export function parseStore(text: string): StoreId {
  const parsed = StoreId.safeParse(text)
  if (!parsed.success) throw new AppError('invalid-input', `“${text}” is not a store; see “latchkey stores”.`)
  return parsed.data
}
