import { createHash, X509Certificate } from 'node:crypto'
import { z } from 'zod'
import { type Context, paged, withBody } from './context'
import { absent, conflict, invalid, type Json, type Reply, refusal, reordered, success } from './reply'
import {
  isInAccount,
  isSettled,
  newId,
  put,
  type StoredCertificate,
  seen,
  settled,
  timestamp,
  type World,
} from './world'

const Hostnames = z.array(z.string())
const Create = z.strictObject({
  name: z.string().max(350),
  certificate: z.string(),
  associated_hostnames: Hostnames.optional(),
})
const Update = z.strictObject({ associated_hostnames: Hostnames, name: z.string().max(350).optional() })
const Settings = z.strictObject({
  settings: z.array(
    z.strictObject({ hostname: z.string(), china_network: z.boolean(), client_certificate_forwarding: z.boolean() }),
  ),
})

const visible = ({ world, zone }: Context) =>
  world.certificates.filter((certificate) => zone === null || certificate.zone === zone)

/** Never with the PEM. */
function view(world: World, certificate: StoredCertificate): Json {
  return {
    id: certificate.id,
    name: certificate.name,
    fingerprint: certificate.fingerprint,
    associated_hostnames: seen(world, certificate.hostnames),
    expires_on: certificate.expiresOn,
    created_at: certificate.createdAt,
    updated_at: certificate.updatedAt,
  }
}

const one = (context: Context, act: (certificate: StoredCertificate) => Reply): Reply => {
  const found = visible(context).find(({ id }) => id === context.ids[0])
  return found === undefined ? absent('certificate') : act(found)
}

export const listCertificates = (context: Context): Reply =>
  paged(
    context,
    reordered(visible(context)).map((certificate) => view(context.world, certificate)),
    50,
    1000,
  )

export const getCertificate = (context: Context): Reply =>
  one(context, (certificate) => success(view(context.world, certificate)))

export const createCertificate = (context: Context): Reply =>
  withBody(Create, context.body, ({ name, certificate: pem, associated_hostnames: hostnames = [] }) => {
    const { world, zone } = context
    if (world.certificates.length >= world.behaviour.quota)
      return invalid('maximum number of certificates has been reached')
    const certificates = authoritiesIn(pem)
    if (typeof certificates === 'string') return invalid(certificates)
    const wrong = refuseHostnames(context, hostnames, null)
    if (wrong !== null) return wrong
    const chosen = world.behaviour.fingerprintOf === 'first' ? certificates[0] : leafMost(certificates)
    if (chosen === undefined) return invalid('no certificate')
    const now = timestamp(world)
    const stored: StoredCertificate = {
      id: newId(),
      zone,
      name,
      pem,
      fingerprint: fingerprintOf(chosen),
      expiresOn: new Date(chosen.validTo).toISOString().replace('.000Z', 'Z'),
      hostnames: { visible: [], coming: null },
      createdAt: now,
      updatedAt: now,
    }
    put(world, stored.hostnames, hostnames)
    world.certificates.push(stored)
    return success(view(world, stored), 201)
  })

/** The PEM cannot be replaced: there is no field for it. */
export const updateCertificate = (context: Context): Reply =>
  one(context, (certificate) =>
    withBody(Update, context.body, ({ associated_hostnames: hostnames, name }) => {
      const { world } = context
      const wrong = refuseHostnames(context, hostnames, certificate.id)
      if (wrong !== null) return wrong
      if (!isSettled(world, certificate.hostnames)) return conflict('previous certificate settings still being updated')
      put(world, certificate.hostnames, hostnames)
      certificate.name = name ?? certificate.name
      certificate.updatedAt = timestamp(world)
      return success(view(world, certificate))
    }),
  )

export const deleteCertificate = (context: Context): Reply =>
  one(context, (certificate) => {
    const { world } = context
    if (!isSettled(world, certificate.hostnames) || seen(world, certificate.hostnames).length > 0)
      return conflict('certificate has active associations')
    world.certificates.splice(world.certificates.indexOf(certificate), 1)
    return success({ id: certificate.id })
  })

/** A zone's list was seen to hold hosts of other zones: it is the account's. */
export const getSettings = ({ world }: Context): Reply => success(seen(world, world.settings))

export const putSettings = (context: Context): Reply =>
  withBody(Settings, context.body, ({ settings }) => {
    const { world, zone } = context
    if (settings.some(({ hostname }) => !isInAccount(world, hostname, zone))) return foreignZone
    if (!isSettled(world, world.settings)) return conflict('previous certificate settings still being updated')
    const named = new Set<unknown>(settings.map(({ hostname }) => hostname))
    const kept = world.settings.visible.filter(({ hostname }) => !named.has(hostname))
    put(world, world.settings, world.behaviour.settings === 'replace' ? settings : [...kept, ...settings])
    return success(settled(world.settings), 202)
  })

const foreignZone = refusal(400, 12036, 'access.api.error.invalid_hostname: hostname is not in the zone')

function refuseHostnames({ world, zone }: Context, hostnames: string[], own: string | null): Reply | null {
  if (hostnames.some((hostname) => !isInAccount(world, hostname, zone))) return foreignZone
  if (world.behaviour.severalCas === 'allowed') return null
  const others = world.certificates.filter(({ id }) => id !== own).flatMap(({ hostnames: taken }) => settled(taken))
  const taken = hostnames.find((hostname) => others.includes(hostname))
  return taken === undefined ? null : conflict(`hostname ${taken} is associated with another certificate`)
}

/** Or why they cannot be used (D: only certificates of CAs, signed with RSA or ECDSA). */
function authoritiesIn(pem: string): X509Certificate[] | string {
  if (pem.includes('PRIVATE KEY')) return 'unexpected private key'
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/gu) ?? []
  const certificates = blocks.map((block) => new X509Certificate(block))
  if (certificates.length === 0) return 'no certificate'
  if (certificates.some(({ ca }) => !ca)) return 'certificate is not a CA'
  if (certificates.some(({ publicKey }) => !['rsa', 'ec'].includes(publicKey.asymmetricKeyType ?? '')))
    return 'unsupported signature algorithm'
  return certificates
}

const leafMost = (certificates: X509Certificate[]) =>
  certificates.find((candidate) => !certificates.some((other) => other !== candidate && other.checkIssued(candidate)))

/** As OpenSSL prints it; so do the examples in Cloudflare's OpenAPI document. */
function fingerprintOf(certificate: X509Certificate): string {
  const hex = createHash('md5').update(certificate.raw).digest('hex').toUpperCase()
  return `MD5 Fingerprint=${(hex.match(/../gu) ?? []).join(':')}`
}
