import type { Command } from 'commander'
import { AuthorityDraft, defaultDays } from '#shared/model/authority'
import { examples } from '../options'
import type { Runner } from '../runner'
import { parsed, type SubjectOptions, subjectOf, withSubject } from '../subject'
import { createAuthority } from './create-authority'
import { caPassphrase, type SigningOptions, withChainOut, withDays, withSigning } from './options'

export interface CreateOptions extends SigningOptions, SubjectOptions {
  key: string
  days: string
  pathLength?: string
}

export const withCreateOptions = (command: Command, days: number) =>
  withChainOut(withDays(withSubject(withSigning(command)), days))
    .option('--key <type>', 'rsa-2048, rsa-3072, rsa-4096, p-256, p-384 or p-521', 'rsa-4096')
    .option('--path-length <number>', 'maximum levels of issuers below it (default: no limit)')

export const draftOf = (commonName: string, options: CreateOptions): AuthorityDraft =>
  parsed(AuthorityDraft, {
    subject: subjectOf(commonName, options),
    algorithm: options.key,
    days: Number(options.days),
    pathLength: options.pathLength === undefined ? null : Number(options.pathLength),
  })

export function addInit(ca: Command, runner: Runner): void {
  withCreateOptions(ca.command('init'), defaultDays.root)
    .summary('create a root: its key, protected by its own passphrase, and its certificate')
    .argument('<common-name>', 'name of the root; no other issuer may have it')
    .addHelpText(
      'after',
      examples('latchkey ca init "Acme Root"', 'latchkey ca init "Acme Root" --key p-384 -o root.pem'),
    )
    .action((commonName: string, options: CreateOptions) =>
      runner.run('ca init', options, 'keys', async (services) => {
        const draft = draftOf(commonName, options)
        const passphrase = await caPassphrase(options, 'New passphrase for the issuer’s key: ')
        const signing = { passphrase, issuer: null }
        return createAuthority(services, options, () => services.authorities.create(draft, signing))
      }),
    )
}
