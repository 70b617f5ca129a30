import { lookAgain } from '#electron/cloudflare/account/look-again'
import { readAccount } from '#electron/cloudflare/account/read'
import type { CloudflareApi } from '#electron/cloudflare/api'
import type { ApplyPorts } from '#electron/cloudflare/apply/apply'
import type { JournalEntry } from '#electron/cloudflare/apply/journal'
import { createSender } from '#electron/cloudflare/apply/send-change'
import { certificatePem } from '#electron/pki/x509/pem'
import type { AccessAccount } from '#shared/model/access-account'
import { AccessWish } from '#shared/model/access-wish'
import { makeSmallPki } from '../certificates'
import { accountId, clientOf } from './client'
import type { CloudflareDouble } from './double'
import { readPermissions, writePermissions } from './permissions'

const token = { kind: 'user', expiresOn: null, account: { id: accountId, name: 'Acme' } } as const

/** Our client with a token that may write, unless another one is given, and the account as that reads it. */
export function openAccount(
  double: CloudflareDouble,
  now: Date,
  ownToken?: string,
): { api: CloudflareApi; read(): Promise<AccessAccount> } {
  const permissions = new Set([...readPermissions, ...writePermissions])
  const { api } = clientOf(double, { token: ownToken ?? double.addToken({ permissions }) })
  return { api, read: async () => (await readAccount(api, { now: () => now }, { token, eachZone: false })).account }
}

/** A plan of that account on its way: its entries go to `journal`, and each step is tested with success. */
export function applyingTo(double: CloudflareDouble, now: Date, journal: JournalEntry[], wait: ApplyPorts['wait']) {
  const { api, read } = openAccount(double, now)
  const sender = createSender(api)
  const ports: ApplyPorts = {
    read,
    lookAgain: (account, change) => lookAgain(api, account, change),
    send: sender.send,
    backUp: async () => undefined,
    test: async () => true,
    wait,
    note: async (entry) => void journal.push(entry),
  }
  return { api, read, sender, ports }
}

/** A CA as it is uploaded: an issuing one and its root. */
export async function newCaPem(now: Date): Promise<string> {
  const { intermediate, root } = await makeSmallPki(now)
  return certificatePem(intermediate.certificate) + certificatePem(root.certificate)
}

/** An application on a hostname that a certificate of this CA opens; `parts` go beyond that. */
export const protectedSite = (pem: string, parts: object = {}): AccessWish =>
  AccessWish.parse({
    version: 1,
    account: accountId,
    cas: [{ name: 'New', pem }],
    hostnames: [{ hostname: 'admin.example.com', cas: ['New'], forwarding: true }],
    policies: [{ name: 'Holders', decision: 'non_identity', include: [{ certificate: {} }] }],
    applications: [{ domain: 'admin.example.com', name: 'Admin', attach: ['Holders'] }],
    ...parts,
  })
