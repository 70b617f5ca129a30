import { fill, find, go, inTurn, issuer, menu, press, tab } from './ways.mjs'

const issued = async (page) => {
  await issuer('Acme Client CA')(page)
  await press(page, 'Issued certificates')
}
const selected = async (page) => {
  await issued(page)
  const ticks = page.getByRole('list', { name: 'Issued certificates' }).getByRole('checkbox')
  await ticks.first().click()
  await ticks.nth(2).click({ modifiers: ['Shift'] })
}

const review = async (page) => {
  await issuer('Acme Client CA')(page)
  await press(page, 'Issue a certificate')
  const files = ['ada.csr', 'bob.csr', 'grace.csr'].map((name) => ({
    name,
    mimeType: 'text/plain',
    buffer: Buffer.from('-----BEGIN CERTIFICATE REQUEST-----\n'),
  }))
  await page.locator('input[type="file"]').first().setInputFiles(files)
}
const newIssuer = (way) => async (page) => {
  await go(page, 'Issuers')
  await press(page, 'New issuer')
  await page.getByRole('menuitem', { name: way }).click()
}

/** Issuers, what they issue and what they revoke. */
export const issuerScreens = [
  { name: 'authorities', scene: 'full', steps: (page) => go(page, 'Issuers') },
  { name: 'authorities-empty', scene: 'empty', steps: (page) => find(page, 'Show Issuers') },
  { name: 'issuer-root', scene: 'full', steps: issuer('Acme Root CA') },
  { name: 'issuer-crl-due', scene: 'full', steps: issuer('Acme Devices CA') },
  {
    name: 'issuer-chain',
    scene: 'full',
    steps: inTurn(issuer('Acme Client CA'), (page) => tab(page, 'Chain')),
  },
  {
    name: 'issuer-upload',
    scene: 'full',
    steps: inTurn(
      issuer('Acme Client CA'),
      (page) => press(page, 'Upload to Access…'),
      (page) => page.getByRole('dialog', { name: 'Add a CA' }).waitFor(),
    ),
  },
  { name: 'issuer-set-up', scene: 'full', steps: newIssuer('Set up in three steps') },
  { name: 'issuer-import', scene: 'full', steps: newIssuer('Import an existing CA') },
  { name: 'issuer-connect', scene: 'full', steps: newIssuer('Connect a cfssl signer') },
  { name: 'issuer-rebuild', scene: 'empty', steps: (page) => press(page, 'Rebuild an issuer…') },
  {
    name: 'issuer-successor',
    scene: 'full',
    steps: inTurn(issuer('Acme Devices CA'), (page) => menu(page, /successor/u)),
  },
  {
    name: 'issuer-passphrase',
    scene: 'full',
    steps: inTurn(issuer('Acme Devices CA'), (page) => menu(page, /passphrase/u)),
  },
  {
    name: 'issue-templates',
    scene: 'full',
    steps: inTurn(issuer('Acme Client CA'), (page) => menu(page, /^Templates/u)),
  },
  {
    name: 'issue-template-new',
    scene: 'full',
    steps: inTurn(
      issuer('Acme Client CA'),
      (page) => press(page, 'Templates…'),
      (page) => press(page, 'New template'),
    ),
  },
  { name: 'issuer-export', scene: 'full', steps: inTurn(issuer('Acme Client CA'), (page) => menu(page, /^Export/u)) },
  { name: 'issuer-archive', scene: 'full', steps: inTurn(issuer('Acme Client CA'), (page) => menu(page, 'Archive')) },
  {
    name: 'issuer-archived',
    scene: 'full',
    steps: async (page) => {
      await go(page, 'Issuers')
      await press(page, /archived issuer/u)
      await issuer('Acme Pilot CA')(page)
    },
  },
  { name: 'issuer-delete', scene: 'full', steps: inTurn(issuer('Acme Client CA'), (page) => menu(page, 'Delete…')) },
  { name: 'crl', scene: 'full', steps: inTurn(issuer('Acme Devices CA'), (page) => press(page, 'Write a new list')) },
  {
    name: 'issue',
    scene: 'full',
    steps: inTurn(issuer('Acme Client CA'), (page) => press(page, 'Issue a certificate')),
  },
  {
    name: 'key-for-other',
    scene: 'full',
    steps: async (page) => {
      await issuer('Acme Client CA')(page)
      await press(page, 'Issue a certificate')
      await press(page, 'Make key and .p12…')
    },
  },
  {
    name: 'key-for-other-made',
    scene: 'full',
    steps: async (page) => {
      await issuer('Acme Client CA')(page)
      await press(page, 'Issue a certificate')
      await press(page, 'Make key and .p12…')
      await page.getByRole('textbox', { name: 'Common Name' }).fill('Ada Lovelace')
      await page.getByRole('dialog').getByLabel('Passphrase of “Acme Client CA”').fill('correct horse')
      await press(page, 'Make and save…')
      await page.getByText('It is shown only this once').waitFor()
    },
  },
  { name: 'issue-review', scene: 'full', steps: review },
  {
    name: 'issue-template',
    scene: 'full',
    steps: async (page) => {
      await review(page)
      await page.getByRole('combobox', { name: 'Template' }).click()
      await page.getByRole('option', { name: 'Staff' }).click()
      await page.getByText('O=Acme Ltd').first().waitFor()
    },
  },
  {
    name: 'issue-compared',
    scene: 'full',
    steps: async (page) => {
      await review(page)
      const shown = page.getByRole('article').locator('[class*="code"]')
      await shown.first().waitFor()
      const codes = await shown.allTextContents()
      await press(page, 'Paste key codes')
      await fill(page, /^Key codes$/u, `${codes[0]}\nbob.csr AAAA-${codes[1]?.slice(5)}`)
      await press(page, 'Compare')
    },
  },
  { name: 'issue-edit', scene: 'full', steps: inTurn(review, (page) => press(page, 'Look at ada.csr')) },
  {
    name: 'issue-done',
    scene: 'full',
    steps: async (page) => {
      await review(page)
      await page
        .getByRole('checkbox', { name: /^Sign / })
        .nth(0)
        .check()
      await fill(page, /^Passphrase of/u, 'correct horse')
      await press(page, /^Issue 1/u)
      await page
        .getByText(/issued$/u)
        .first()
        .waitFor()
    },
  },
  { name: 'issued', scene: 'full', steps: issued },
  {
    name: 'issued-one',
    scene: 'full',
    steps: async (page) => {
      await issued(page)
      await page.getByRole('list', { name: 'Issued certificates' }).getByRole('button').first().click()
    },
  },
  {
    name: 'issued-renew',
    scene: 'full',
    steps: async (page) => {
      await issued(page)
      await page.getByRole('list', { name: 'Issued certificates' }).getByRole('button').first().click()
      await press(page, 'Renew…')
    },
  },
  {
    name: 'revoke',
    scene: 'full',
    steps: async (page) => {
      await issued(page)
      await page.getByRole('list', { name: 'Issued certificates' }).getByRole('button').first().click()
      await press(page, 'Revoke…')
    },
  },
  { name: 'issued-selected', scene: 'full', steps: selected },
  { name: 'renew-several', scene: 'full', steps: inTurn(selected, (page) => press(page, 'Renew…')) },
  { name: 'revoke-several', scene: 'full', steps: inTurn(selected, (page) => press(page, 'Revoke…')) },
  { name: 'revoke-other', scene: 'full', steps: inTurn(issued, (page) => press(page, /^Revoke another/u)) },
  {
    name: 'revoke-found',
    scene: 'full',
    steps: async (page) => {
      await issued(page)
      await press(page, /^Revoke another/u)
      await fill(page, /^Or type its serial number/u, '1A:2B:3C')
      await press(page, 'Continue')
    },
  },
]
