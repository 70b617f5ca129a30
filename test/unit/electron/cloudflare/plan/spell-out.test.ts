import { expect, test } from 'vitest'
import { z } from 'zod'
import { callOf } from '#electron/cloudflare/plan/calls'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import { AccessChange } from '#shared/model/access-plan'
import { account, application, ca } from '../../../../support/access-accounts'

test('each step warns of what Access does not do where somebody would rely on it', () => {
  const hostname = 'a.acme.example'
  const acme = account({ cas: [ca('Acme G2', ['b.acme.example'])] })
  const [{ id: caId } = { id: 'none' }] = acme.cas
  const certificate = { include: [{ kind: 'valid-certificate' as const }], require: [], exclude: [] }
  const everyone = { include: [{ kind: 'everyone' as const }], require: [], exclude: [] }
  const changes = z.array(AccessChange).parse([
    { kind: 'set-ca-hostnames', id: caId, hostnames: ['b.acme.example', hostname] },
    { kind: 'set-settings', settings: [{ hostname, forwarding: true, chinaNetwork: false }] },
    { kind: 'create-policy', id: 'created-1', application: null, name: 'A', decision: 'allow', rules: certificate },
    { kind: 'create-policy', id: 'created-2', application: null, name: 'B', decision: 'deny', rules: certificate },
    { kind: 'create-policy', id: 'created-3', application: null, name: 'C', decision: 'allow', rules: everyone },
    { kind: 'set-settings', settings: [{ hostname, forwarding: false, chinaNetwork: false }] },
    { kind: 'set-ca-hostnames', id: caId, hostnames: [hostname] },
  ])
  const steps = spellOut(
    acme,
    changes.map((change) => ({ change, risks: [], confirm: [] })),
  )
  expect(steps.map(({ warnings }) => warnings)).toEqual([
    [expect.stringContaining('Pages and R2')],
    [expect.stringContaining('first request of each connection')],
    [expect.stringContaining('no revocation list')],
    [],
    [],
    [],
    [],
  ])
})

test('what is shown of a request has no passwords of other systems, and the request has them', () => {
  const secret = { scim_config: { authentication: { password: 'hunter2' } }, saas_app: { client_secret: 'hunter2' } }
  const wiki = application('Wiki', ['a.acme.example'], [], { fetched: { id: 'app-wiki', ...secret, tags: ['kept'] } })
  const acme = account({ applications: [wiki] })
  const change: AccessChange = { kind: 'set-application-policies', id: wiki.id, policies: [] }
  const [step] = spellOut(acme, [{ change, risks: [], confirm: [] }])
  expect(step?.call?.body).toMatchObject({ scim_config: '(hidden)', saas_app: '(hidden)', tags: ['kept'] })
  expect(JSON.stringify(step)).not.toContain('hunter2')
  expect(callOf(change, acme)?.body).toMatchObject(secret)
})
