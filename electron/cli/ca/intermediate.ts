import type { Command } from 'commander'
import { defaultDays } from '#shared/model/authority'
import { examples } from '../options'
import type { Runner } from '../runner'
import { findAuthority } from './find'
import { draftOf, type MakingOptions, withMaking } from './init'
import { madeAuthority } from './made-authority'
import { caPassphrase, type IssuerOptions, issuerPassphrase, withIssuerAbove } from './options'

export function addIntermediate(ca: Command, runner: Runner): void {
  withIssuerAbove(withMaking(ca.command('intermediate'), defaultDays.intermediate))
    .summary('create an issuer below another, at any level')
    .argument('<common-name>', 'its name, different from every other issuer’s')
    .addHelpText('after', examples('latchkey ca intermediate "Acme Clients" --issuer "Acme Root" -o ca-chain.pem'))
    .action((commonName: string, options: MakingOptions & IssuerOptions) =>
      runner.run('ca intermediate', options, 'keys', async (services) => {
        const draft = draftOf(commonName, options)
        const above = await findAuthority(services, options.issuer)
        const issuer = {
          authority: above.id,
          passphrase: await issuerPassphrase(options, `Passphrase of “${above.name}”: `),
        }
        const passphrase = await caPassphrase(options, 'New passphrase for the new issuer’s key: ')
        const making = { passphrase, issuer }
        return madeAuthority(services, options, () => services.authorities.create(draft, making))
      }),
    )
}
