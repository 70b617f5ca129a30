import { expect, test } from 'vitest'
import { callOf } from '#electron/cloudflare/plan/calls'
import { spellOut } from '#electron/cloudflare/plan/spell-out'
import type { AccessChange } from '#shared/model/access-plan'
import { account, application } from '../../../../support/access-accounts'

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
