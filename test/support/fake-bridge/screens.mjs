/** What the driver of `npm run screens` does before it takes a picture: a scene of the pretended back end, and the way from its start. */

const go = (page, screen) => page.getByRole('navigation').getByRole('button', { name: screen }).click()
/** To a screen that the side bar does not have. */
async function find(page, label) {
  await palette(page)
  await page.keyboard.type(label)
  await page.keyboard.press('Enter')
}
const press = (page, name) => page.getByRole('button', { name }).first().click()
const details = (page) => page.getByText('Technical details', { exact: true }).click()
const tab = (page, name) => page.getByRole('tab', { name }).click()
const fill = (page, label, text) => page.getByLabel(label).first().fill(text)

/** The pretended back end answers by the names of files; only that they are requests shows in what they hold. */
async function drop(page, ...names) {
  const transfer = await page.evaluateHandle((list) => {
    const data = new DataTransfer()
    for (const name of list) {
      const label = name.endsWith('.csr') ? 'CERTIFICATE REQUEST' : 'CERTIFICATE'
      data.items.add(new File([`-----BEGIN ${label}-----\n`], name))
    }
    return data
  }, names)
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer })
}

const menu = async (page, item) => {
  await press(page, 'More actions')
  await page.getByRole('menuitem', { name: item }).click()
}
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
const certificate = (name) => async (page) => {
  await page.getByRole('listitem').filter({ hasText: name }).getByRole('button').first().click()
}
const site = (name) => async (page) => {
  await go(page, 'Sites')
  await page.getByRole('region', { name: 'Sites' }).getByText(name, { exact: true }).click()
}
const selectThree = (list) => async (page) => {
  const rows = page.getByRole('region', { name: list }).locator('[data-row-key] > button')
  await rows.nth(0).click({ modifiers: ['Control'] })
  await rows.nth(2).click({ modifiers: ['Shift'] })
  await page.getByText('3 selected').waitFor()
}
const issuer = (name) => async (page) => {
  await go(page, 'Issuers')
  await page.getByRole('region', { name: 'List of issuers' }).getByText(name).first().click()
}
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
const palette = async (page) => {
  await page.keyboard.press('Control+k')
  await page.getByPlaceholder(/^Search certificates, sites/u).waitFor()
}
/** The list of before stays until what was typed is answered. */
const found = (page) => page.getByRole('option', { name: 'Name, tags and note…' }).waitFor({ state: 'detached' })
const nothingFound = (page) => page.getByText('No results').first().waitFor()
const test = (name) => async (page) => {
  await site(name)(page)
  await press(page, 'Test connection')
  await page.locator('[data-started][aria-busy="false"]').waitFor()
}
const newIssuer = (way) => async (page) => {
  await go(page, 'Issuers')
  await press(page, 'New issuer')
  await page.getByRole('menuitem', { name: way }).click()
}
const settings = (page) => go(page, 'Settings')
const restore = async (page) => {
  await settings(page)
  await press(page, 'Restore…')
  await page.getByLabel('Passphrase of the backup').waitFor()
}
const openBackup = (passphrase) => async (page) => {
  await page.getByLabel('Passphrase of the backup').fill(passphrase)
  await press(page, 'Continue')
  await page
    .getByText(/damaged|^Made /u)
    .first()
    .waitFor()
}
const plan = async (page) => {
  await go(page, 'Access')
  await press(page, 'Plan a change')
  await page.getByRole('menuitem', { name: 'Block certificates now…' }).click()
  await page.getByRole('dialog').getByLabel('Names').fill('Jonas Brandt')
  await press(page, 'Plan this change')
  await page.getByText('What will be done').waitFor()
}
const practiceAccount = async (page) => {
  await go(page, 'Access')
  await press(page, 'Plan a change')
  await page.getByRole('menuitem', { name: 'Use the practice account' }).click()
  await page.getByText('This account is on this computer.').waitFor()
}
const then =
  (...steps) =>
  async (page) => {
    for (const step of steps) await step(page)
  }

export const screens = [
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
    steps: then(selectThree('List of certificates'), (page) => press(page, 'Delete…')),
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
    steps: then((page) => fill(page, 'Search certificates', 'nobody'), nothingFound),
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
    steps: then(certificate('ada-ci-runner'), (page) => menu(page, 'Renew…')),
  },
  { name: 'certificate-chain', scene: 'full', steps: then(certificate('Ada Lovelace'), (page) => tab(page, 'Chain')) },
  {
    name: 'certificate-request',
    scene: 'full',
    steps: then(certificate('Ada Lovelace'), (page) => tab(page, 'Request')),
  },
  {
    name: 'certificate-every-field',
    scene: 'full',
    steps: then(certificate('Ada Lovelace'), (page) => press(page, /^(Everything|All fields)/u)),
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
  { name: 'convert', scene: 'full', steps: (page) => find(page, 'Convert files') },
  { name: 'convert-saved', scene: 'full', steps: then((page) => find(page, 'Convert files'), converted) },
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
  { name: 'palette', scene: 'full', steps: palette },
  { name: 'palette-found', scene: 'full', steps: then(palette, (page) => page.keyboard.type('acme'), found) },
  { name: 'palette-nothing', scene: 'full', steps: then(palette, (page) => page.keyboard.type('xyzzy'), nothingFound) },
  { name: 'start-damaged', scene: 'damaged' },
  {
    name: 'passphrase-new',
    scene: 'new',
    steps: async (page) => {
      await palette(page)
      await page.keyboard.type('New certificate')
      await page.keyboard.press('Enter')
      await press(page, 'Create key and request')
      await page.getByRole('dialog', { name: /^Choose a passphrase/u }).waitFor()
    },
  },
  { name: 'gate-locked', scene: 'locked' },
  {
    name: 'unlock-prompt',
    scene: 'full',
    steps: async (page) => {
      await certificate('ada-tablet')(page)
      await page.evaluate(() => window.latchkey['vault.lock'](undefined))
      await page.getByText('Keys are locked').waitFor()
      await press(page, 'Install')
    },
  },
  { name: 'key-lost', scene: 'key-lost' },
  { name: 'key-lost-settings', scene: 'key-lost', steps: (page) => go(page, 'Settings') },
  { name: 'interrupted', scene: 'interrupted' },
  { name: 'interrupted-settings', scene: 'interrupted', steps: (page) => go(page, 'Settings') },
  {
    name: 'interrupted-discard',
    scene: 'interrupted',
    steps: then(
      (page) => go(page, 'Settings'),
      (page) => press(page, /^Discard:/u),
    ),
  },
  { name: 'import-added', scene: 'full', steps: (page) => drop(page, 'client.pem') },
  { name: 'import-password', scene: 'full', steps: (page) => drop(page, 'ada.p12') },
  { name: 'import-several', scene: 'full', steps: (page) => drop(page, 'several.pem') },
  { name: 'import-other-key', scene: 'full', steps: (page) => drop(page, 'stranger.pem') },
  { name: 'import-issuers', scene: 'full', steps: (page) => drop(page, 'ca-chain.pem') },
  { name: 'import-broken', scene: 'full', steps: (page) => drop(page, 'broken.pem') },
  { name: 'import-requests', scene: 'full', steps: (page) => drop(page, 'ada.csr') },
  {
    name: 'inspect',
    scene: 'full',
    steps: async (page) => {
      await drop(page, 'broken.pem')
      await press(page, /^What is in/u)
    },
  },
  {
    name: 'inspect-many',
    scene: 'full',
    steps: async (page) => {
      await drop(page, 'broken.pem', 'ada.p12', 'bob.p12')
      await press(page, /^What is in/u)
    },
  },
  { name: 'drop-target', scene: 'full', steps: (page) => page.dispatchEvent('body', 'dragover') },
  { name: 'connections', scene: 'full', steps: site('admin.acme.dev') },
  { name: 'connections-groups', scene: 'many', steps: site('admin.acme.dev') },
  {
    name: 'connections-selected',
    scene: 'many',
    steps: then((page) => go(page, 'Sites'), selectThree('Sites')),
  },
  { name: 'connections-empty', scene: 'empty', steps: (page) => go(page, 'Sites') },
  { name: 'report-refused', scene: 'full', steps: site('grafana.acme.dev') },
  {
    name: 'report-expired',
    scene: 'full',
    steps: site('builds.acme.dev'),
  },
  {
    name: 'replace',
    scene: 'full',
    steps: then(site('builds.acme.dev'), (page) => press(page, 'Replace and test again')),
  },
  { name: 'report-untrusted', scene: 'full', steps: test('localhost:8443/dashboard') },
  {
    name: 'report-headers',
    scene: 'full',
    steps: then(site('admin.acme.dev'), details, (page) => tab(page, 'Headers')),
  },
  { name: 'report-tls', scene: 'full', steps: then(site('admin.acme.dev'), details, (page) => tab(page, 'TLS')) },
  { name: 'report-page', scene: 'full', steps: then(test('admin.acme.dev'), details, (page) => tab(page, 'Page')) },
  {
    name: 'report-commands',
    scene: 'full',
    steps: then(site('admin.acme.dev'), details, (page) => tab(page, 'Commands')),
  },
  {
    name: 'report-earlier',
    scene: 'full',
    steps: then(site('builds.acme.dev'), details, (page) => tab(page, 'Earlier')),
  },
  {
    name: 'report-compare',
    scene: 'full',
    steps: then(
      site('builds.acme.dev'),
      details,
      (page) => tab(page, 'Compare'),
      (page) => page.getByRole('combobox', { name: 'Compare with' }).click(),
      (page) => page.getByRole('option').first().click(),
      (page) => page.getByText(/differences?\. Times are not compared\./u).scrollIntoViewIfNeeded(),
    ),
  },
  {
    name: 'site-new',
    scene: 'full',
    steps: then(
      site('admin.acme.dev'),
      (page) => press(page, 'Add a site'),
      (page) => press(page, 'Advanced'),
    ),
  },
  {
    name: 'site-delete',
    scene: 'full',
    steps: async (page) => {
      await site('admin.acme.dev')(page)
      await press(page, /^More for this site/u)
      await page.getByRole('menuitem', { name: /^Delete/u }).click()
    },
  },
  { name: 'authorities', scene: 'full', steps: (page) => go(page, 'Issuers') },
  { name: 'authorities-empty', scene: 'empty', steps: (page) => find(page, 'Show Issuers') },
  { name: 'issuer-root', scene: 'full', steps: issuer('Acme Root CA') },
  { name: 'issuer-crl-due', scene: 'full', steps: issuer('Acme Devices CA') },
  {
    name: 'issuer-chain',
    scene: 'full',
    steps: then(issuer('Acme Client CA'), (page) => tab(page, 'Chain')),
  },
  { name: 'issuer-set-up', scene: 'full', steps: newIssuer('Set up in three steps') },
  { name: 'issuer-import', scene: 'full', steps: newIssuer('Import an existing CA') },
  { name: 'issuer-connect', scene: 'full', steps: newIssuer('Connect a cfssl signer') },
  { name: 'issuer-rebuild', scene: 'empty', steps: (page) => press(page, 'Rebuild an issuer…') },
  {
    name: 'issuer-successor',
    scene: 'full',
    steps: then(issuer('Acme Devices CA'), (page) => menu(page, /successor/u)),
  },
  {
    name: 'issuer-passphrase',
    scene: 'full',
    steps: then(issuer('Acme Devices CA'), (page) => menu(page, /passphrase/u)),
  },
  {
    name: 'issue-templates',
    scene: 'full',
    steps: then(issuer('Acme Client CA'), (page) => menu(page, /^Templates/u)),
  },
  {
    name: 'issue-template-new',
    scene: 'full',
    steps: then(
      issuer('Acme Client CA'),
      (page) => press(page, 'Templates…'),
      (page) => press(page, 'New template'),
    ),
  },
  { name: 'issuer-export', scene: 'full', steps: then(issuer('Acme Client CA'), (page) => menu(page, /^Export/u)) },
  { name: 'issuer-archive', scene: 'full', steps: then(issuer('Acme Client CA'), (page) => menu(page, 'Archive')) },
  {
    name: 'issuer-archived',
    scene: 'full',
    steps: async (page) => {
      await go(page, 'Issuers')
      await press(page, /archived issuer/u)
      await issuer('Acme Pilot CA')(page)
    },
  },
  { name: 'issuer-delete', scene: 'full', steps: then(issuer('Acme Client CA'), (page) => menu(page, 'Delete…')) },
  { name: 'crl', scene: 'full', steps: then(issuer('Acme Devices CA'), (page) => press(page, 'Write a new list')) },
  { name: 'issue', scene: 'full', steps: then(issuer('Acme Client CA'), (page) => press(page, 'Issue a certificate')) },
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
  { name: 'issue-edit', scene: 'full', steps: then(review, (page) => press(page, 'Look at ada.csr')) },
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
  { name: 'renew-several', scene: 'full', steps: then(selected, (page) => press(page, 'Renew…')) },
  { name: 'revoke-several', scene: 'full', steps: then(selected, (page) => press(page, 'Revoke…')) },
  { name: 'revoke-other', scene: 'full', steps: then(issued, (page) => press(page, /^Revoke another/u)) },
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
  { name: 'access', scene: 'full', steps: (page) => go(page, 'Access') },
  { name: 'access-many', scene: 'many', steps: (page) => go(page, 'Access') },
  {
    name: 'access-empty',
    scene: 'empty',
    steps: then(
      palette,
      (page) => page.keyboard.type('Access'),
      (page) => page.keyboard.press('Enter'),
    ),
  },
  {
    name: 'access-refused-token',
    scene: 'empty',
    steps: async (page) => {
      await palette(page)
      await page.keyboard.type('Access')
      await page.keyboard.press('Enter')
      await press(page, 'Connect to Cloudflare…')
      await fill(page, 'API token', 'refused')
      await press(page, /^Connect$/u)
      await page.getByRole('alert').waitFor()
    },
  },
  ...['CAs', 'Applications', 'Policies', 'Rule groups'].map((name) => ({
    name: `access-${name.toLowerCase().replace(' ', '-')}`,
    scene: 'full',
    steps: then(
      (page) => go(page, 'Access'),
      (page) => tab(page, new RegExp(`^${name}`, 'u')),
    ),
  })),
  {
    name: 'access-changes',
    scene: 'full',
    steps: then(
      (page) => go(page, 'Access'),
      (page) => press(page, 'Review changes'),
    ),
  },
  {
    name: 'access-explain',
    scene: 'full',
    steps: async (page) => {
      await go(page, 'Access')
      await press(page, 'Who gets in?')
      await page.getByRole('textbox', { name: 'Address', exact: true }).fill('https://wiki.acme.example/admin/users')
      await press(page, 'Explain')
      await page.getByRole('region', { name: 'Answer' }).waitFor()
    },
  },
  ...['Protect a site…', 'Add a CA…', 'Let certificates in to an application…', 'Block certificates now…'].map(
    (label) => ({
      name: `access-wish-${label.split(' ')[0].toLowerCase()}`,
      scene: 'full',
      steps: async (page) => {
        await go(page, 'Access')
        await press(page, 'Plan a change')
        await page.getByRole('menuitem', { name: label }).click()
        await page.getByRole('dialog').waitFor()
      },
    }),
  ),
  { name: 'access-plan', scene: 'full', steps: plan },
  {
    name: 'access-plan-json',
    scene: 'full',
    steps: then(plan, (page) => page.getByText('As JSON', { exact: true }).click()),
  },
  {
    name: 'access-applying',
    scene: 'full',
    steps: async (page) => {
      await plan(page)
      await fill(page, /^Type wiki/u, 'wiki.acme.example')
      await fill(page, 'Write token', 'slow')
      await press(page, /^Apply/u)
      await page.getByRole('progressbar').waitFor()
    },
  },
  {
    name: 'access-applied',
    scene: 'full',
    steps: async (page) => {
      await plan(page)
      await fill(page, /^Type wiki/u, 'wiki.acme.example')
      await fill(page, 'Write token', 'good')
      await press(page, /^Apply/u)
      await page.getByText(/^Every step is done/u).waitFor()
    },
  },
  {
    name: 'access-waiting',
    scene: 'interrupted',
    steps: then(
      (page) => go(page, 'Access'),
      (page) => press(page, 'Continue or undo…'),
    ),
  },
  { name: 'access-practice', scene: 'full', steps: practiceAccount },
  {
    name: 'access-proof',
    scene: 'full',
    steps: async (page) => {
      await practiceAccount(page)
      await press(page, 'Plan a change')
      await page.getByRole('menuitem', { name: 'Protect a site…' }).click()
      await page.getByRole('dialog').getByRole('combobox', { name: 'CA' }).click()
      await page.getByRole('option').first().click()
      await press(page, 'Plan this change')
      await fill(page, /^Type wiki/u, 'wiki.acme.example')
      await press(page, /^Apply/u)
      await fill(page, 'Common Name', 'Ada Lovelace')
      await fill(page, /^Passphrase of/u, 'correct horse')
      await press(page, 'Issue and test')
      await page.getByText('Refused without your certificate, let in with it.').waitFor()
    },
  },
  { name: 'practice', scene: 'full', steps: (page) => find(page, 'Practice') },
  {
    name: 'practice-account',
    scene: 'many',
    steps: async (page) => {
      await find(page, 'Practice')
      await page.getByRole('status').filter({ hasText: 'practice account' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'practice-done',
    scene: 'full',
    steps: async (page) => {
      await find(page, 'Practice')
      await press(page, 'Run every step')
      // However it ends: done, or at the step that says what is wrong.
      await page.locator('[data-journey-end], [data-step][data-state="failed"]').first().waitFor()
    },
  },
  {
    name: 'practice-rule',
    scene: 'full',
    steps: async (page) => {
      await find(page, 'Practice')
      await press(page, 'Run every step')
      await page.locator('[data-journey-end]').waitFor()
      await page.getByRole('region', { name: 'Its rule' }).getByText('Common Name', { exact: true }).click()
      await press(page, 'Test again')
      await page.locator('[data-step="test-direct"]:is([data-state="done"], [data-state="failed"])').waitFor()
      await page.getByRole('button', { name: 'Test again' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'practice-real-site',
    scene: 'full',
    steps: async (page) => {
      await find(page, 'Practice')
      await press(page, 'Run every step')
      await press(page, 'Now your real site')
    },
  },
  {
    name: 'practice-broken',
    scene: 'full',
    steps: async (page) => {
      await find(page, 'Practice')
      await press(page, 'Access and its rules')
      await press(page, 'Break it: The rule names somebody else')
      await press(page, /^Test it$/u)
      await page.locator('[data-found]').waitFor()
      await page.locator('[data-found]').scrollIntoViewIfNeeded()
    },
  },
  { name: 'activity', scene: 'full', steps: (page) => find(page, 'Go to Activity') },
  { name: 'activity-empty', scene: 'empty', steps: (page) => find(page, 'Go to Activity') },
  { name: 'no-backup', scene: 'no-backup' },
  { name: 'issuer-restored', scene: 'no-backup', steps: issuer('Acme Client CA') },
  {
    name: 'issuer-last-crl',
    scene: 'no-backup',
    steps: then(issuer('Acme Client CA'), (page) => press(page, 'Add the list…')),
  },
  { name: 'backup', scene: 'full', steps: then(settings, (page) => press(page, 'Back up…')) },
  {
    name: 'backup-made',
    scene: 'full',
    steps: then(
      settings,
      (page) => press(page, 'Back up…'),
      (page) => page.getByLabel('Passphrase', { exact: true }).fill('battery staple'),
      (page) => fill(page, 'Confirm passphrase', 'battery staple'),
      (page) => press(page, 'Save…'),
      (page) => page.getByText('Saved as').waitFor(),
    ),
  },
  { name: 'restore', scene: 'full', steps: restore },
  { name: 'restore-refused', scene: 'full', steps: then(restore, openBackup('damaged')) },
  { name: 'restore-preview', scene: 'full', steps: then(restore, openBackup('battery staple')) },
  { name: 'settings', scene: 'full', steps: (page) => go(page, 'Settings') },
  {
    name: 'settings-end',
    scene: 'full',
    steps: async (page) => {
      await go(page, 'Settings')
      await page.getByText('About Latchkey').waitFor()
      await page.getByRole('button', { name: 'Show log' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'settings-locked',
    scene: 'full',
    steps: then(
      (page) => go(page, 'Settings'),
      (page) => press(page, 'Lock now'),
    ),
  },
  {
    name: 'settings-passphrase',
    scene: 'full',
    steps: then(
      (page) => go(page, 'Settings'),
      (page) => press(page, 'Set a recovery passphrase'),
    ),
  },
]
