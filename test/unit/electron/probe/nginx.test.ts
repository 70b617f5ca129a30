import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Nginx, nginxToken, startNginx } from '../../../support/nginx'
import { type Walkthrough, walkThrough } from '../../../support/openssl'
import { directProbe, identityFrom, probeInput } from '../../../support/probe'

let walk: Walkthrough
beforeAll(async () => {
  walk = await walkThrough()
})
afterAll(() => walk.remove())

const john = () => identityFrom(walk.clientPem, walk.clientKeyPem, walk.intermediatePem)

describe.each([
  ['TLSv1.2', 'TLSv1.2'],
  ['TLSv1.3', 'TLSv1.3'],
] as const)('nginx with %s', (protocol, version) => {
  let nginx: Nginx
  beforeAll(async () => {
    nginx = await startNginx({ clientCa: walk.chainPem, protocols: [protocol] })
  })
  afterAll(() => nginx.stop())

  it('refuses without and lets in with the certificate', async () => {
    const { without, with: presented } = await directProbe().test(
      probeInput(nginx.port, { identity: john(), extraRoots: [nginx.rootPem] }),
    )
    expect(without.attempt).toMatchObject({
      outcome: { kind: 'answered', status: 403 },
      access: { seen: true, mtlsStatus: 'NONE' },
      tls: { version, trust: 'trusted', asked: 'yes', sent: 'no', alpn: 'http/1.1' },
    })
    expect(without.attempt.tls?.acceptableIssuers).toEqual(
      expect.arrayContaining([
        expect.stringContaining('CN=Walkthrough Root'),
        expect.stringContaining('CN=Walkthrough Intermediate'),
      ]),
    )
    expect(presented?.attempt).toMatchObject({
      outcome: { kind: 'answered', status: 200, body: expect.stringContaining('John Doe') },
      tls: { version, asked: 'yes', sent: 'yes' },
      access: { token: { commonName: 'nginx', signature: 'unchecked' } },
    })
    expect(presented?.attempt.tls?.chain[0]?.keySha256).toBe(nginx.serverKeySha256)
    expect(presented?.attempt.timings.tls).toBeGreaterThan(0)
  })

  it('gives the cookie its value in memory and nowhere else', async () => {
    const { with: presented } = await directProbe().test(
      probeInput(nginx.port, { identity: john(), extraRoots: [nginx.rootPem] }),
    )
    expect(presented?.secrets.cookies).toEqual([{ name: 'CF_Authorization', value: nginxToken }])
    expect(JSON.stringify(presented?.attempt)).not.toContain(nginxToken.slice(-8))
    expect(JSON.stringify(presented?.attempt)).not.toContain('eyJ')
    const outcome = presented?.attempt.outcome
    expect(outcome?.kind === 'answered' && outcome.cookies).toEqual([
      expect.objectContaining({
        name: 'CF_Authorization',
        httpOnly: true,
        secure: true,
        sameSite: 'None',
        valueLength: nginxToken.length,
      }),
    ])
  })

  it('is not shown the certificate while it is neither trusted nor agreed to', async () => {
    const before = await nginx.log()
    const { without, with: presented } = await directProbe().test(probeInput(nginx.port, { identity: john() }))
    expect(presented).toBeNull()
    expect(without.attempt.tls?.trust).toBe('untrusted')
    expect((await nginx.log()).slice(before.length)).not.toContain('John Doe')
  })

  it('is shown it once its very key was agreed to', async () => {
    const agreed = await directProbe().test(
      probeInput(nginx.port, { identity: john(), pinnedKey: nginx.serverKeySha256 }),
    )
    expect(agreed.with?.attempt).toMatchObject({ outcome: { status: 200 }, tls: { trust: 'pinned' } })
    const other = await directProbe().test(probeInput(nginx.port, { identity: john(), pinnedKey: 'a'.repeat(64) }))
    expect(other.with).toBeNull()
  })

  it('is told when it answers under another name', async () => {
    const input = probeInput(nginx.port, {
      identity: john(),
      extraRoots: [nginx.rootPem],
      hostname: 'other.latchkey.localhost',
    })
    const { without, with: presented } = await directProbe().test(input)
    expect(without.attempt.tls?.trust).toBe('name-mismatch')
    expect(presented).toBeNull()
  })

  it('is reached at another address under its own name', async () => {
    const input = probeInput(1, { extraRoots: [nginx.rootPem] })
    const { without } = await directProbe().test({
      ...input,
      host: { ...input.host, connectTo: { address: '127.0.0.1', port: nginx.port } },
    })
    expect(without.attempt).toMatchObject({
      outcome: { status: 403 },
      tls: { trust: 'trusted', remoteAddress: '127.0.0.1' },
    })
  })
})
