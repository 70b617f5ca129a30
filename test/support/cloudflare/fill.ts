import { createHash } from 'node:crypto'
import type { World } from './world'

/** Puts a large account into the double, without making certificates for it. Returns nothing: the sizes say what is there. */
export function fillWorld(world: World, sizes: { cas: number; hostnames: number; applications: number }): void {
  const { cas, hostnames, applications } = sizes
  const hosts = Array.from({ length: hostnames }, (_, index) => `host-${index}.example.com`)
  const timestamps = { created_at: '2026-01-01T00:00:00Z', updated_at: '2026-01-01T00:00:00Z' }
  for (let index = 0; index < cas; index += 1) {
    world.certificates.push({
      id: `certificate-${index}`,
      zone: null,
      name: `CA ${index}`,
      pem: '',
      fingerprint: createHash('md5').update(String(index)).digest('hex'),
      expiresOn: '2031-01-01T00:00:00Z',
      hostnames: { visible: hosts.filter((_, place) => place % cas === index), coming: null },
      createdAt: timestamps.created_at,
      updatedAt: timestamps.updated_at,
    })
  }
  world.policies.push({
    id: 'policy-holders',
    application: null,
    fields: { name: 'Holders', decision: 'non_identity', include: [{ certificate: {} }], ...timestamps },
    applications: { visible: applications, coming: null },
  })
  for (let index = 0; index < applications; index += 1) {
    const uri = `host-${index}.example.com`
    world.applications.push({
      id: `application-${index}`,
      zone: null,
      aud: createHash('sha256').update(uri).digest('hex'),
      fields: { name: uri, type: 'self_hosted', domain: uri, destinations: [{ type: 'public', uri }], ...timestamps },
      links: [{ policy: 'policy-holders', precedence: 1 }],
    })
  }
}
