import type { World } from './world'

const APPLICATIONS = 500
const CAS = 50
const HOSTNAMES = 1_000
const POLICIES = 100

const list = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_none, index) => make(index))

const still = <T>(visible: T) => ({ visible, coming: null })

const hostnameOf = (index: number) => `host-${index}.example.com`

/** As much as Access takes: 500 applications, 50 CAs, 1,000 hostnames. */
export function fillLarge(world: World): void {
  const dates = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
  world.policies = list(POLICIES, (index) => ({
    id: `policy-${index}`,
    application: null,
    fields: {
      name: `Policy ${index}`,
      decision: index % 5 === 0 ? 'allow' : 'non_identity',
      include: [
        { certificate: {} },
        ...list(index % 4, (name) => ({ common_name: { common_name: `Person ${name}` } })),
      ],
      require: [],
      exclude: [],
      ...dates,
    },
    applications: still(10),
  }))
  world.applications = list(APPLICATIONS, (index) => {
    const uris = [hostnameOf(2 * index), `${hostnameOf(2 * index + 1)}/admin`]
    return {
      id: `app-${index}`,
      zone: null,
      aud: `aud-${index}`,
      fields: {
        name: `Application ${index}`,
        type: 'self_hosted',
        domain: uris[0],
        destinations: uris.map((uri) => ({ type: 'public', uri })),
        self_hosted_domains: uris,
        session_duration: '24h',
        tags: [],
        ...dates,
      },
      links: [0, 1].map((place) => ({ policy: `policy-${(index + place) % POLICIES}`, precedence: place + 1 })),
    }
  })
  world.certificates = list(CAS, (index) => ({
    id: `ca-${index}`,
    zone: null,
    name: `CA ${index}`,
    pem: '',
    fingerprint: index.toString(16).padStart(32, '0'),
    expiresOn: '2031-01-01T00:00:00Z',
    hostnames: still(list(HOSTNAMES / CAS, (place) => hostnameOf(index * (HOSTNAMES / CAS) + place))),
    createdAt: dates.created_at,
    updatedAt: dates.updated_at,
  }))
  world.settings = still(
    list(HOSTNAMES, (index) => ({
      hostname: hostnameOf(index),
      china_network: false,
      client_certificate_forwarding: index % 2 === 0,
    })),
  )
}
