import { go, inTurn, press, selectThree, site, tab } from './ways.mjs'

const test = (name) => async (page) => {
  await site(name)(page)
  await press(page, 'Test connection')
  await page.locator('[data-started][aria-busy="false"]').waitFor()
}

const details = (page) => page.getByText('Technical details', { exact: true }).click()

/** Sites and their reports. */
export const siteScreens = [
  { name: 'connections', scene: 'full', steps: site('admin.acme.dev') },
  { name: 'connections-groups', scene: 'many', steps: site('admin.acme.dev') },
  {
    name: 'connections-selected',
    scene: 'many',
    steps: inTurn((page) => go(page, 'Sites'), selectThree('Sites')),
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
    steps: inTurn(site('builds.acme.dev'), (page) => press(page, 'Replace and test again')),
  },
  { name: 'report-untrusted', scene: 'full', steps: test('localhost:8443/dashboard') },
  {
    name: 'report-headers',
    scene: 'full',
    steps: inTurn(site('admin.acme.dev'), details, (page) => tab(page, 'Headers')),
  },
  { name: 'report-tls', scene: 'full', steps: inTurn(site('admin.acme.dev'), details, (page) => tab(page, 'TLS')) },
  { name: 'report-page', scene: 'full', steps: inTurn(test('admin.acme.dev'), details, (page) => tab(page, 'Page')) },
  {
    name: 'report-commands',
    scene: 'full',
    steps: inTurn(site('admin.acme.dev'), details, (page) => tab(page, 'Commands')),
  },
  {
    name: 'report-earlier',
    scene: 'full',
    steps: inTurn(site('builds.acme.dev'), details, (page) => tab(page, 'Earlier')),
  },
  {
    name: 'report-compare',
    scene: 'full',
    steps: inTurn(
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
    steps: inTurn(
      site('admin.acme.dev'),
      (page) => press(page, 'Add a site'),
      (page) => press(page, 'Advanced'),
    ),
  },
  {
    name: 'browser-policy-site',
    scene: 'full',
    steps: async (page) => {
      await site('admin.acme.dev')(page)
      await press(page, /^More for this site/u)
      await page.getByRole('menuitem', { name: /^Stop the browser asking/u }).click()
    },
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
]
