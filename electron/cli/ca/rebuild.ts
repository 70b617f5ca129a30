import type { Command } from 'commander'
import type { Services } from '#electron/services/services'
import { AppError } from '#shared/errors'
import type { UnrecordedKeys } from '#shared/model/vault'
import { examples } from '../options'
import type { Runner } from '../runner'
import { madeAuthority } from './made-authority'
import { caPassphrase, type SigningOptions, withChainOut, withSigning } from './options'

type UnrecordedIssuer = UnrecordedKeys['issuers'][number]

export function addRebuild(ca: Command, runner: Runner): void {
  withChainOut(withSigning(ca.command('rebuild')))
    .summary('rebuild an issuer whose record is lost, from its sealed key and the certificate stored with it')
    .argument('[issuer]', 'its name or ID; not needed where there is only one')
    .addHelpText('after', examples('latchkey ca rebuild', 'latchkey ca rebuild "Acme Clients" -o ca-chain.pem'))
    .action((wanted: string | undefined, options: SigningOptions) =>
      runner.run('ca rebuild', options, 'keys', async (services) => {
        const { id, name } = chosen((await services.vault.unrecorded()).issuers, wanted)
        const passphrase = await caPassphrase(options, `Passphrase of “${name ?? id}”: `)
        const made = await madeAuthority(services, options, () => services.authorities.rebuild(id, passphrase))
        return { ...made, text: `${made.text}\n${whatIsMissing}` }
      }),
    )
}

const whatIsMissing = `What it has signed and revoked before is no longer known. Before it writes a CRL, give it its last one,
or what it has revoked counts as valid again: latchkey ca import ca-chain.pem last.crl`

function chosen(all: UnrecordedIssuer[], wanted: string | undefined): UnrecordedIssuer {
  const found =
    wanted === undefined ? all : all.filter(({ id, name }) => [id, name].some((one) => one === wanted.trim()))
  const [only] = found
  if (all.length === 0) throw new AppError('not-found', 'Every issuer’s key in the vault has a record.')
  if (only === undefined) throw new AppError('not-found', `No key without a record is called “${wanted ?? ''}”.`)
  if (found.length > 1)
    throw new AppError('ambiguous', `Several issuers match. Name one by its ID: ${found.map(described).join(', ')}`)
  return only
}

const described = ({ id, name }: UnrecordedIssuer) => `${name ?? 'no certificate'} (${id})`

/** An empty list looks like a new start, when it is the records alone that are gone. */
export async function tellUnrecorded(services: Services, say: (text: string) => void): Promise<void> {
  const { certificateKeys, issuers } = await services.vault.unrecorded()
  const count = certificateKeys + issuers.length
  if (count === 0) return
  const named = issuers.length === 0 ? '' : `; of issuers: ${issuers.map(described).join(', ')}`
  const remedy = 'Restore latchkey.db from a backup.'
  const rebuild = issuers.some(({ name }) => name !== null) ? ' Without a backup: latchkey ca rebuild' : ''
  say(`Keys in the vault without records: ${count}${named}. ${remedy}${rebuild}`)
}
