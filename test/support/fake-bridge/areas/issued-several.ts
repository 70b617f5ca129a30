import type { AuthorityHandlers } from '#electron/main/ipc/authority-handlers'
import { after, type Pretence } from '../pretence'

type Several = Pick<
  AuthorityHandlers,
  'authorities.renewSeveral' | 'authorities.revokeSeveral' | 'authorities.saveIssuedList'
>
type One = Pick<AuthorityHandlers, 'authorities.renew' | 'authorities.revoke'>

/** What is done with several selected certificates at once, by what is done with one. */
export function pretendSeveral({ world, cancellable }: Pretence, one: One): Several {
  return {
    'authorities.renewSeveral': async ({ certificates, days, passphrase, job }) => {
      const renewed = []
      for (const [place, certificate] of certificates.entries()) {
        world.send({ type: 'progress', job, fraction: place / certificates.length, phase: 'Signing' })
        await cancellable(job, 50)
        renewed.push(await one['authorities.renew']({ certificate, days, passphrase }))
      }
      return { renewed, refused: [] }
    },
    'authorities.revokeSeveral': async ({ certificates, reason }) => {
      for (const certificate of certificates) await one['authorities.revoke']({ certificate, reason })
      return { revoked: certificates.length }
    },
    'authorities.saveIssuedList': async () => {
      await after(100)
      return { name: 'acme-client-ca-certificates.csv' }
    },
  }
}
