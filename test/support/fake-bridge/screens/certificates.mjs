import { certificate, fill, find, inTurn, menu, nothingFound, press, selectThree, tab } from './ways.mjs'

const exportedFor = (destination) => async (page) => {
  await menu(page, 'Export…')
  await page.getByRole('combobox', { name: 'Export for' }).click()
  await page.getByRole('option', { name: destination, exact: true }).click()
  await page.getByLabel('Password of the new file', { exact: true }).fill('correct horse battery')
  await page.getByLabel('Confirm password of the new file').fill('correct horse battery')
  await press(page, 'Save…')
  await page.getByRole('button', { name: 'Show in folder' }).waitFor()
}
async function converted(page) {
  const buffer = Buffer.from('-----BEGIN CERTIFICATE-----\n')
  const inputs = page.getByRole('dialog').locator('input[type="file"]')
  await inputs.setInputFiles(['client.pem', 'client.key'].map((name) => ({ name, mimeType: 'text/plain', buffer })))
  await page.getByRole('combobox', { name: 'Convert for' }).click()
  await page.getByRole('option', { name: 'The certificate alone', exact: true }).click()
  await press(page, 'Save…')
  await page.getByRole('button', { name: 'Show in folder' }).waitFor()
}

/** Certificates, their export and their removal. */
export const certificateScreens = [
  { name: 'certificates', scene: 'full' },
  { name: 'certificates-empty', scene: 'empty' },
  { name: 'first-start', scene: 'new' },
  ...['grafana', 'wiki', 'unnamed', 'open', 'gone', 'localhost'].map((name) => ({
    name: `site-check-${name}`,
    scene: 'new',
    steps: async (page) => {
      await fill(page, 'Site that refuses you', `https://${name}.acme.example/d/overview`)
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Check again' }).waitFor()
    },
  })),
  {
    name: 'certificate-elsewhere',
    scene: 'full',
    steps: (page) => page.getByRole('button', { name: /^MFALK-WS14/u }).click(),
  },
  { name: 'certificates-many', scene: 'many' },
  { name: 'certificates-selected', scene: 'many', steps: selectThree('List of certificates') },
  {
    name: 'certificates-delete-several',
    scene: 'many',
    steps: inTurn(selectThree('List of certificates'), (page) => press(page, 'Delete…')),
  },
  { name: 'certificate-label', scene: 'full', steps: (page) => menu(page, 'Name, tags and note…') },
  {
    name: 'certificates-filter',
    scene: 'full',
    steps: (page) => press(page, 'Filter and order'),
  },
  {
    name: 'certificates-nothing-found',
    scene: 'full',
    steps: inTurn((page) => fill(page, 'Search certificates', 'nobody'), nothingFound),
  },
  { name: 'certificate', scene: 'full', steps: certificate('Ada Lovelace') },
  { name: 'certificate-waiting', scene: 'full', steps: certificate('Ada Lovelace (2027)') },
  { name: 'certificate-expiring', scene: 'full', steps: certificate('ada-ci-runner') },
  { name: 'certificate-renewed', scene: 'full', steps: certificate('ada-tablet') },
  { name: 'certificate-refused', scene: 'full', steps: certificate('grafana-reader') },
  { name: 'certificate-expired', scene: 'full', steps: certificate('old-laptop') },
  { name: 'certificate-replacement-requested', scene: 'full', steps: certificate(/Replacement requested/u) },
  { name: 'certificate-replaced', scene: 'full', steps: certificate(/Replaced by/u) },
  { name: 'certificate-renewal', scene: 'full', steps: certificate(/Mira Falk.*Ready to install/u) },
  {
    name: 'renew',
    scene: 'full',
    steps: inTurn(certificate('ada-ci-runner'), (page) => menu(page, 'Renew…')),
  },
  {
    name: 'certificate-chain',
    scene: 'full',
    steps: inTurn(certificate('Ada Lovelace'), (page) => tab(page, 'Chain')),
  },
  {
    name: 'certificate-request',
    scene: 'full',
    steps: inTurn(certificate('Ada Lovelace'), (page) => tab(page, 'Request')),
  },
  {
    name: 'certificate-every-field',
    scene: 'full',
    steps: inTurn(certificate('Ada Lovelace'), (page) => press(page, /^(Everything|All fields)/u)),
  },
  { name: 'certificate-no-tool', scene: 'no-tool', steps: certificate('Ada Lovelace') },
  { name: 'export', scene: 'full', steps: (page) => menu(page, 'Export…') },
  {
    name: 'export-destinations',
    scene: 'full',
    steps: async (page) => {
      await menu(page, 'Export…')
      await page.getByRole('combobox', { name: 'Export for' }).click()
    },
  },
  { name: 'export-saved', scene: 'full', steps: exportedFor('curl') },
  { name: 'export-saved-java', scene: 'full', steps: exportedFor('Java') },
  {
    name: 'browser-policy',
    scene: 'full',
    steps: (page) => press(page, 'Stop the browser asking which certificate…'),
  },
  {
    name: 'browser-policy-saved',
    scene: 'full',
    steps: async (page) => {
      await press(page, 'Stop the browser asking which certificate…')
      await page.getByRole('dialog').getByText('Windows', { exact: true }).click()
      await press(page, 'Save policy…')
      await page.getByText(/^Saved as/u).waitFor()
    },
  },
  { name: 'convert', scene: 'full', steps: (page) => find(page, 'Convert files') },
  { name: 'convert-saved', scene: 'full', steps: inTurn((page) => find(page, 'Convert files'), converted) },
  { name: 'delete', scene: 'full', steps: (page) => menu(page, 'Delete…') },
  { name: 'uninstall', scene: 'full', steps: (page) => press(page, 'Remove…') },
  {
    name: 'trust-issuer',
    scene: 'full',
    steps: async (page) => {
      await press(page, /^Other ways to install/u)
      await page.getByRole('menuitem', { name: /trust the issuer/u }).click()
    },
  },
  {
    name: 'new-certificate',
    scene: 'full',
    steps: async (page) => {
      await page.getByRole('button', { name: 'New', exact: true }).click()
      await press(page, 'More fields')
    },
  },
]
