import { expect, it } from 'vitest'
import { z } from 'zod'
import { type BrowserPolicyPorts, createBrowserPolicy } from '#electron/services/browser-policy'
import { HostId, IdentityId } from '#shared/model/ids'
import { certificate } from '../../../support/fake-bridge/examples'

const identity = IdentityId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a11')
const host = HostId.parse('5f0c3e1a-8d5b-4b7e-9f67-0f6c2f4b9a12')
const ada = { ...certificate('Ada'), issuerCommonName: 'Acme Clients' }
const Policy = z.strictObject({ AutoSelectCertificateForUrls: z.array(z.string()) })

function policyOf(found: Awaited<ReturnType<BrowserPolicyPorts['detail']>>) {
  const site = async () => ({ hostname: 'admin.example.com', port: 8443 })
  return createBrowserPolicy({ detail: async () => found, site, random: { uuid: () => 'made' } })
}

it('names the sites and the issuer of the certificate', async () => {
  const { name, content } = await policyOf({ certificate: ada })(identity, [host], 'linux')
  const list = Policy.parse(JSON.parse(String(content))).AutoSelectCertificateForUrls
  expect([name, list.map((entry): unknown => JSON.parse(entry))]).toEqual([
    'latchkey.json',
    [{ pattern: 'https://admin.example.com:8443', filter: { ISSUER: { CN: 'Acme Clients' } } }],
  ])
})

it('is refused without a certificate, or where its issuer has no Common Name', async () => {
  for (const found of [null, { ...ada, issuerCommonName: null }])
    await expect(policyOf({ certificate: found })(identity, [host], 'macos')).rejects.toMatchObject({
      code: 'not-found',
    })
})
