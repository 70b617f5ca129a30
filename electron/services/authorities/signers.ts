import { z } from 'zod'
import { type RemoteSigner, remoteInfo, remoteSign, signerAddress } from '#electron/cfssl/remote'
import { onlyCertificate, signedCertificate } from '#electron/cfssl/signed'
import type { AuthorityListRow } from '#electron/database/authority-tables'
import type { CertificateNames, ClientInput } from '#electron/pki/authority/client'
import { type CertificateFacts, factsOf } from '#electron/pki/authority/facts'
import { requireUsableKey } from '#electron/pki/authority/key-policy'
import { type RequestedCertificate, takeRequestedNames } from '#electron/pki/authority/requested'
import { encodePem } from '#electron/pki/containers/pem'
import { isAuthority } from '#electron/pki/x509/issued-by'
import { attributeLabel } from '#electron/pki/x509/name'
import { certificateKey, certificateSha256 } from '#electron/pki/x509/read'
import { viewCertificate } from '#electron/pki/x509/view'
import { AppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import type { AuthoritySummary, SignerDraft } from '#shared/model/authority'
import type { SubjectDraft } from '#shared/model/identity'
import { AuthorityId } from '#shared/model/ids'
import { requireUnlocked } from '../require-unlocked'
import type { AuthorityKeys } from './keys'
import type { AuthorityPorts } from './ports'
import { authorityRowOf, orphansOf } from './record'
import { summarise } from './summary'

/** A certificate to sign, as the administrator decided on it. */
export interface Order extends Omit<ClientInput, 'now'> {
  /** The request for its key, DER. */
  request: Uint8Array
  /** The attributes of the subject that the requester wrote. */
  asked: RequestedCertificate['attributes']
}

/** Issuers whose key is with a running `cfssl serve`: it signs, and what it returns is only taken when it fits. */
export function createSigners(ports: AuthorityPorts, keys: AuthorityKeys) {
  const { database, vault, operations, clock, random } = ports

  const connecting = operations.define({
    kind: 'signer',
    subject: 'authority',
    payload: z.strictObject({ authority: AuthorityId }),
    changes: ['authorities', 'activity', 'vault'],
    recover: ({ authority }) => takeBack(authority),
  })

  /** Errors: `signer-*`, `already-present` where the key itself is here, those of `signerAddress` and of the vault. */
  async function connect({ address, label, profile, authKey, plainHttp }: SignerDraft): Promise<AuthoritySummary> {
    const url = signerAddress(address, plainHttp)
    const certificate = await certificateOf({ url, label, profile, authKey })
    if (authKey !== null) await requireUnlocked(vault)
    const present = (await database.authorities.list()).find((row) => row.sha256 === certificateSha256(certificate))
    if (present?.hasKey === true) throw new AppError('already-present', 'Its key is in this vault, so it signs here.')
    const id = present?.id ?? AuthorityId.parse(random.uuid())
    const steps = [
      {
        name: 'secret',
        run: () => (authKey === null ? Promise.resolve() : vault.seal('signer-key', id, Buffer.from(authKey))),
        undo: () => takeBack(id),
      },
      {
        name: 'record',
        async run() {
          if (present === undefined) await add(id, certificate)
          await database.authorities.setSigner(id, {
            address: url.origin,
            label,
            profile,
            hasAuthKey: authKey !== null,
          })
          if (authKey === null) await vault.delete('signer-key', id)
        },
      },
    ]
    const sentence = `A signer was connected: ${url.origin}.`
    const line = async () =>
      ({ kind: 'signer-connected', about: (await keys.get(id)).name, sentence, thing: { issuer: id } }) as const
    await connecting.perform({ authority: id }, steps, { line })
    return summarise(await keys.get(id), clock.now())
  }

  /** Its own certificate (DER), once it is clear that what it signs can be used. */
  async function certificateOf(signer: RemoteSigner): Promise<Uint8Array> {
    const { certificate: pem, usages } = await remoteInfo(signer)
    const certificate = onlyCertificate(pem)
    if (!isAuthority(certificate)) throw new AppError('certificate-not-authority', viewCertificate(certificate).subject)
    requireUsableKey(certificateKey(certificate))
    if (usages !== null && !usages.some((usage) => usage === 'client auth' || usage === 'any'))
      throw new AppError('signer-wrong', `Its profile “${signer.profile}” does not allow client authentication.`)
    return certificate
  }

  async function add(id: AuthorityId, der: Uint8Array): Promise<void> {
    const known = await database.authorities.list()
    const createdAt = clock.now().toISOString()
    const row = authorityRowOf({ id, der, known, issuers: [], hasKey: false, imported: true, createdAt })
    const children = orphansOf(der, known)
    const brought = { revoked: [], crl: null }
    await database.authorities.insert(row, { children, predecessor: null, brought, issued: null, line: null })
  }

  /** Its authentication key is read once for any number of orders. Errors: those of the vault; of each order: `signer-*`. */
  async function open(row: AuthorityListRow): Promise<(order: Order) => Promise<CertificateFacts>> {
    const signer = await signerOf(row)
    return async ({ names, request, asked, spki }) => {
      if (names.kind === 'as-requested') takeRequestedNames(request, names.withoutUnsupported)
      const others = refusalForSigner(names, asked)
      if (others !== null) throw new AppError('invalid-input', others)
      const decided = names.kind === 'decided' ? names : null
      const signed = await remoteSign(signer, encodePem('CERTIFICATE REQUEST', request), decided)
      return factsOf(signedCertificate(signed, { issuer: row.der, spki, names }))
    }
  }

  async function signerOf({ id, name, signer }: AuthorityListRow): Promise<RemoteSigner> {
    if (signer === null) throw new AppError('key-not-in-vault', `“${name}” has no known signer.`)
    const { address, label, profile, hasAuthKey } = signer
    if (hasAuthKey) await requireUnlocked(vault)
    const authKey = hasAuthKey ? Buffer.from(await vault.open('signer-key', id)).toString('utf8') : null
    return { url: new URL(address), label, profile, authKey }
  }

  /** A key of a signer that no record speaks of goes. */
  async function takeBack(id: AuthorityId): Promise<void> {
    if ((await database.authorities.get(id))?.signer?.hasAuthKey !== true) await vault.delete('signer-key', id)
  }

  return { connect, open }
}

export type Signers = ReturnType<typeof createSigners>

type RequestedAttributes = RequestedCertificate['attributes']

const fields: [type: string, field: keyof SubjectDraft | null, words: string][] = [
  ['2.5.4.10', 'organization', 'organisation'],
  ['2.5.4.11', 'organizationalUnit', 'department'],
  ['2.5.4.7', 'locality', 'town'],
  ['2.5.4.8', 'state', 'state or county'],
  ['2.5.4.6', 'country', 'country'],
  ['2.5.4.5', null, 'serial number'],
]

/** What Go's names hold (`crypto/x509/pkix`, Name); cfssl 1.x writes nothing else. */
const known = new Set(['2.5.4.3', '2.5.4.9', '2.5.4.17', ...fields.map(([type]) => type)])

/** Why a cfssl signer cannot be asked for these names: it would write others. Null where it would not. */
const refusalForSigner = (names: CertificateNames, asked: RequestedAttributes): string | null =>
  names.kind === 'decided' ? keptByRequest(names.subject, asked) : leftOutBySigner(asked)

/**
 * cfssl fills a field that was left empty with what the requester wrote there (`PopulateSubjectFromCSR` of its package
 * `signer`).
 */
function keptByRequest(decided: SubjectDraft, asked: RequestedAttributes): string | null {
  for (const [type, field, words] of fields) {
    const kept = asked.find((attribute) => attribute.type === type && attribute.text !== '')
    if (kept !== undefined && (field === null || decided[field] === ''))
      return `The signer would write the requester’s own ${words}, “${neutralise(kept.text)}”. Decide on one, or ask for a request without it.`
  }
  return null
}

function leftOutBySigner(asked: RequestedAttributes): string | null {
  const lost = asked.find(({ type }) => !known.has(type))
  if (lost === undefined) return null
  const { label } = attributeLabel(lost.type)
  return `The signer would leave out the requester’s ${label}, “${neutralise(lost.text)}”. Decide on the names, or ask for a request without it.`
}
