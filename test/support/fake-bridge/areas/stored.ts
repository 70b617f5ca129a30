import type { Handlers } from '#shared/ipc/contract'
import type { DatedStored } from '#shared/logic/expiring/replaced'
import { certificateName } from '#shared/logic/naming'
import { StoredCertificate } from '#shared/model/stored'
import { certificate, inDays, issuers } from '../examples'
import type { World } from '../world'

/** What others have put into the browsers' stores. */
export const storedExamples = (): StoredCertificate[] =>
  [
    {
      name: 'MFALK-WS14',
      issuer: 'Acme Device CA',
      days: 11,
      store: 'nss-user',
      storeName: 'Chrome and Chromium',
      readBy: chromium,
    },
    {
      name: 'Mira Falk (VPN) at Northwind Consulting, London',
      issuer: 'Northwind VPN CA',
      days: 200,
      store: 'firefox:ab12cd34.default',
      storeName: 'Firefox (default)',
      readBy: ['Firefox'],
    },
  ].map(({ name, issuer, days, store, storeName, readBy }) =>
    StoredCertificate.parse({
      certificate: certificate(name, {
        notAfter: inDays(days),
        notBefore: inDays(days - 365),
        issuer: `CN=${issuer}`,
        issuerCommonName: issuer,
      }),
      chain: issuers,
      places: [{ store, name: storeName, readBy, keyPresent: true }],
      testable: readBy === chromium,
    }),
  )

const chromium = ['Google Chrome', 'Chromium', 'Latchkey']

/** One of them ends soon, which would come before the reminder of a backup. */
const storedOf = ({ scene, stored }: World) => (scene === 'no-backup' ? [] : stored)

export const pretendStored = (world: World): Pick<Handlers, 'stored.list'> => ({
  'stored.list': async () => ({ certificates: storedOf(world), unreadStores: [] }),
})

export const datedStored = (world: World): DatedStored[] =>
  storedOf(world).map(({ certificate: one, places }) => ({
    sha256: one.sha256,
    name: certificateName(one),
    issuer: one.issuer,
    begins: one.notBefore,
    ends: one.notAfter,
    stores: places.map(({ name }) => name),
    identity: null,
    replaces: null,
  }))
