import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError, isAppError } from '#shared/errors'
import { checkWords, issuerDoubt } from '#shared/logic/checks'
import { unreadWords } from '#shared/logic/file-words'
import { formatIsoDate } from '#shared/logic/formatting'
import { pathWords } from '#shared/logic/path-words'
import { answering } from '#shared/logic/pick'
import { certificateInWords } from '#shared/logic/removal'
import type { ImportChoice, ImportOutcome } from '#shared/model/identity'
import { type IdentityId, type Sha256, StoreId } from '#shared/model/ids'
import { Trust } from '#shared/model/store'
import { findIdentity } from './find-identity'
import { readFiles } from './input-files'
import { examples, withJson, withPassphrase, withPassword } from './options'
import type { CommonOptions, Runner } from './runner'
import { readSecret } from './secrets'
import { verdictAsJson } from './verify'

interface Options extends CommonOptions {
  passwordFile?: string
  file?: string[]
  pick?: string
  store?: string
  trust: string
}

export function addInstall(program: Command, runner: Runner): void {
  withPassword(withPassphrase(withJson(program.command('install'))))
    .summary('install a certificate in a certificate store; --file imports it first')
    .argument('[certificate]', 'name, key code or ID; not needed with --file')
    .option(
      '--file <files...>',
      'the issued certificate, with or without its chain, and its key if you have it as a file',
    )
    .option('--pick <which>', 'certificate to use, if there are several: number, name or fingerprint (SHA-256)')
    .option('--store <id>', 'store ID from “latchkey stores” (default: the first that is ready)')
    .option(
      '--trust <what>',
      'none, certificate or authority (with that CA’s key, anyone could then impersonate any site)',
      'certificate',
    )
    .addHelpText(
      'after',
      examples('latchkey install --file client.pem', 'latchkey install "Ada Lovelace" --store nss-user'),
    )
    .action((wanted: string | undefined, options: Options) =>
      runner.run('install', options, 'keys', async (services, { say }) => {
        const trust = Trust.safeParse(options.trust)
        if (!trust.success) throw new AppError('invalid-input', '--trust takes none, certificate or authority.')
        const { identity, unread } = await identityFor(services, wanted, options)
        const doubt = await compareIssuer(services, identity.id, say)
        const verdict = await services.identities.verify(identity.id)
        for (const reason of verdict.reasons) say(`! ${pathWords(reason).sentence} ${reason.evidence}`)
        const install = await storeFor(services, options.store)
          .then((store) => services.installs.install(identity.id, store, trust.data))
          .catch((error: unknown) => {
            throw isAppError(error) && options.file !== undefined ? error.after(kept(identity.name)) : error
          })
        const trusted =
          install.trust.reason === null ? install.trust.state : `${install.trust.state} (${install.trust.reason})`
        const done = `“${identity.name}” is installed in ${install.storeName} with its private key (read back). Trust: ${trusted}`
        const earlier = install.certificates.filter(({ sha256 }) => sha256 !== identity.sha256)
        const remaining = earlier.map((one) => `Also in this store, with the same key: ${certificateInWords(one)}`)
        const text = [done, ...remaining, ...unread.map((failure) => `Not read: ${unreadWords(failure)}`)].join('\n')
        return {
          exitCode: 0,
          json: { certificate: identity, install, unread, verdict: verdictAsJson(verdict), issuerDoubt: doubt },
          text,
        }
      }),
    )
}

/** Importing it was the first half of the command. */
const kept = (name: string) => `“${name}” is kept in Latchkey.`

async function identityFor(services: Services, wanted: string | undefined, options: Options) {
  if (options.file !== undefined) return importFiles(services, options.file, options)
  if (wanted === undefined) throw new AppError('invalid-input', 'Specify a certificate, or its file with --file.')
  return { identity: await findIdentity(services, wanted, '--file'), unread: [] }
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
  if (!parsed.success)
    throw new AppError('invalid-input', `“${text}” is not a store ID. List them with: latchkey stores`)
  return parsed.data
}

/** Says where the issuer is not one that a set-up file, or whoever made the request, has named; null where there is no doubt. */
export async function compareIssuer(
  { identities }: Services,
  id: IdentityId,
  say: (text: string) => void,
): Promise<'other' | 'not-compared' | null> {
  const doubt = issuerDoubt((await identities.detail(id)).checks)
  if (doubt === null) return null
  say(`! ${checkWords(doubt).title}. ${doubt.evidence}`)
  return doubt.code === 'named-issuer' ? 'other' : 'not-compared'
}

type Imported = Extract<ImportOutcome, { kind: 'imported' }>

interface ImportOptions {
  passwordFile?: string
  /** Which certificate to use, if there are several: its number, name, or the beginning of its SHA-256. */
  pick?: string
}

/** Imports the files. A question that the window would ask becomes a prompt, or an error that names the option to use. */
export async function importFiles(services: Services, paths: string[], how: ImportOptions): Promise<Imported> {
  const { identities } = services
  let outcome = await identities.import(await readFiles(paths), { origin: 'file' })
  if (outcome.kind === 'password-needed') {
    const question = `Password of ${outcome.fileName}: `
    const password = await readSecret({ file: how.passwordFile, variable: 'LATCHKEY_PASSWORD', question })
    if (password === null) throw new AppError('password-needed', outcome.fileName)
    outcome = await identities.import([], { origin: 'file', password, staged: outcome.staged })
  }
  if (outcome.kind === 'several') {
    const pick = picked(outcome.choices, how.pick)
    outcome = await identities.import([], { origin: 'file', staged: outcome.staged, pick })
  }
  switch (outcome.kind) {
    case 'imported':
      return outcome
    case 'password-needed':
      throw new AppError('wrong-password', outcome.fileName)
    case 'several':
      throw new AppError('not-found', 'That certificate is not in these files.')
    case 'issuers-added':
      throw new AppError('certificate-is-authority')
    case 'no-matching-key': {
      const waiting = outcome.waiting.map(({ name, keyCode }) => `${name} (${keyCode})`).join(', ')
      const missed = outcome.unread.map((failure) => ` Not read: ${unreadWords(failure)}`)
      const known =
        waiting === '' ? 'No request is waiting for a certificate.' : `Waiting for a certificate: ${waiting}.`
      throw new AppError('no-matching-key', known + missed.join(''))
    }
  }
}

function picked(choices: ImportChoice[], wanted: string | undefined): Sha256 {
  const found =
    wanted === undefined ? [] : answering(choices, wanted, ({ name, certificate }) => ({ name, sha256: certificate }))
  const [only, ...others] = found
  if (only !== undefined && others.length === 0) return only.certificate
  const list = choices.map(({ name, keyCode, notAfter }, index) => {
    return `${index + 1}: ${name}, key ${keyCode}, until ${formatIsoDate(notAfter)}`
  })
  throw new AppError('invalid-input', `There are several certificates. Choose one with --pick: ${list.join('; ')}`)
}
