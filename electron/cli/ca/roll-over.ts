import type { Command } from 'commander'
import { defaultDays } from '#shared/model/authority'
import { examples } from '../options'
import type { Runner } from '../runner'
import { createAuthority } from './create-authority'
import { findAuthority } from './find'
import {
  caPassphrase,
  daysOf,
  type IssuerOptions,
  issuerPassphrase,
  withChainOut,
  withDays,
  withIssuerAbove,
  withSigning,
} from './options'

interface Options extends IssuerOptions {
  days: string
}

export function addRollOver(ca: Command, runner: Runner): void {
  withChainOut(withIssuerAbove(withDays(withSigning(ca.command('roll-over')), defaultDays.intermediate)))
    .summary(
      'create a successor with the same name and a new key; keep both at Access until the old one’s certificates are gone',
    )
    .argument('<issuer>', 'name, key code or ID')
    .addHelpText('after', examples('latchkey ca roll-over "Acme Root" --days 3650 -o new-chain.pem'))
    .action((wanted: string, options: Options) =>
      runner.run('ca roll-over', options, 'keys', async (services) => {
        const old = await findAuthority(services, wanted)
        const above = old.isRoot ? null : await findAuthority(services, options.issuer ?? old.parent ?? undefined)
        const issuer =
          above === null
            ? null
            : {
                authority: above.id,
                passphrase: await issuerPassphrase(options, `Passphrase of “${above.name}”: `),
              }
        const passphrase = await caPassphrase(options, 'New passphrase for the successor’s key: ')
        const signing = { passphrase, issuer }
        const days = daysOf(options)
        return createAuthority(services, options, () => services.authorities.rollOver(old.id, days, signing))
      }),
    )
}
