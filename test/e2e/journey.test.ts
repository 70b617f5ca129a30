import { expect, test } from '@playwright/test'
import { launchApp, type RunningApp, removeHome } from '../support/app'
import { dropFiles } from '../support/drop'
import { startNginx, withoutCookie } from '../support/nginx'
import { certificatesIn, keysIn } from '../support/nss'
import { type CertificateSigner, cfsslSigner, opensslSigner } from '../support/signers'
import { addSite, goTo, installOnThisComputer, makeRequest, runTest, trustServer, verdictOf } from './steps'

/**
 * The whole journey as a person goes it: the request is made in the window, signed by somebody else's tool with the
 * walkthrough's own commands, dropped on the window, installed and tested against a real server.
 */
const signers: [string, () => Promise<CertificateSigner>][] = [
  ['the OpenSSL walkthrough', opensslSigner],
  ['the cfssl walkthrough', cfsslSigner],
]

for (const [name, makeSigner] of signers) {
  test.describe(`with ${name}`, () => {
    let running: RunningApp
    let signer: CertificateSigner

    test.beforeAll(async () => {
      signer = await makeSigner()
      running = await launchApp()
    })
    test.afterAll(async () => {
      await running.close()
      await signer.remove()
      removeHome(running.home)
    })

    test('from nothing to a proven connection and back', async () => {
      const { page, home } = running
      // nginx itself makes its cookie up, which would be found out.
      const nginx = await startNginx({ clientCa: signer.chainPem, locations: withoutCookie })
      try {
        const csr = await makeRequest(page, 'Ada Lovelace')
        await dropFiles(page, [{ name: 'client.pem', content: (await signer.sign(csr)) + signer.issuersPem }])
        const imported = page.getByRole('dialog', { name: 'Certificate added' })
        await expect(imported.getByText('Belongs to your key')).toBeVisible()
        await imported.getByRole('button', { name: 'Continue' }).click()

        expect(keysIn(home)).toBe('')
        await installOnThisComputer(page)
        expect(keysIn(home)).toContain('Ada Lovelace')
        expect(certificatesIn(home)).toMatch(/Ada Lovelace.*u,u,u/u)
        expect(certificatesIn(home)).not.toMatch(/[CT],.*,/u)

        await addSite(page, `https://access.latchkey.localhost:${nginx.port}/plain`, `127.0.0.1:${nginx.port}`)
        await runTest(page, 'Ada Lovelace', 'Direct')
        await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'server-untrusted')
        await trustServer(page)
        for (const mode of ['Direct', 'As the browser'] as const) {
          await runTest(page, 'Ada Lovelace', mode)
          await expect(verdictOf(page)).toContainText('Refused without your certificate, let in with it.')
          await expect(page.getByText('403 Forbidden')).toBeVisible()
          await expect(page.getByText('200 OK')).toBeVisible()
        }

        await goTo(page, 'Certificates')
        await page.getByRole('button', { name: 'Remove…' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click()
        await expect(page.getByRole('dialog')).toBeHidden()
        expect(keysIn(home)).toBe('')
        expect(certificatesIn(home)).not.toContain('Ada Lovelace')

        // The browser has nothing to choose from, and the site says that it got no certificate: it rejected none.
        await goTo(page, 'Sites')
        await runTest(page, 'Ada Lovelace', 'As the browser')
        await expect(verdictOf(page)).toHaveAttribute('data-verdict', 'not-offered')
        await expect(verdictOf(page)).toContainText('The browser did not offer your certificate', { ignoreCase: true })
      } finally {
        await nginx.stop()
      }
    })
  })
}
