import {
  certificate,
  explained,
  fill,
  find,
  go,
  inTurn,
  issuer,
  menu,
  palette,
  press,
  selectThree,
  settings,
  site,
} from './ways.mjs'

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

/** Activity, backups, settings, and names from right to left. */
export const settingsScreens = [
  { name: 'activity', scene: 'full', steps: (page) => find(page, 'Go to Activity') },
  { name: 'activity-empty', scene: 'empty', steps: (page) => find(page, 'Go to Activity') },
  { name: 'no-backup', scene: 'no-backup' },
  { name: 'issuer-restored', scene: 'no-backup', steps: issuer('Acme Client CA') },
  {
    name: 'issuer-last-crl',
    scene: 'no-backup',
    steps: inTurn(issuer('Acme Client CA'), (page) => press(page, 'Add the list…')),
  },
  { name: 'backup', scene: 'full', steps: inTurn(settings, (page) => press(page, 'Back up…')) },
  {
    name: 'backup-made',
    scene: 'full',
    steps: inTurn(
      settings,
      (page) => press(page, 'Back up…'),
      (page) => page.getByLabel('Passphrase', { exact: true }).fill('battery staple'),
      (page) => fill(page, 'Confirm passphrase', 'battery staple'),
      (page) => press(page, 'Save…'),
      (page) => page.getByText('Saved as').waitFor(),
    ),
  },
  { name: 'restore', scene: 'full', steps: restore },
  { name: 'restore-refused', scene: 'full', steps: inTurn(restore, openBackup('damaged')) },
  { name: 'restore-preview', scene: 'full', steps: inTurn(restore, openBackup('battery staple')) },
  { name: 'settings', scene: 'full', steps: (page) => go(page, 'Settings') },
  { name: 'settings-managed', scene: 'managed', steps: (page) => go(page, 'Settings') },
  { name: 'settings-policy-unusable', scene: 'policy-unusable', steps: (page) => go(page, 'Settings') },
  { name: 'access-off', scene: 'policy-unusable', steps: (page) => go(page, 'Access') },
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
    name: 'settings-command-tool',
    scene: 'full',
    steps: inTurn(
      settings,
      (page) => press(page, 'Install command-line tool'),
      (page) => page.getByRole('button', { name: 'Remove command-line tool' }).scrollIntoViewIfNeeded(),
    ),
  },
  {
    name: 'settings-update-refused',
    scene: 'full',
    steps: inTurn(
      settings,
      (page) => press(page, 'Check for updates'),
      (page) => page.getByText('is not signed by the makers').scrollIntoViewIfNeeded(),
    ),
  },
  {
    name: 'settings-locked',
    scene: 'full',
    steps: inTurn(
      (page) => go(page, 'Settings'),
      (page) => press(page, 'Lock now'),
    ),
  },
  {
    name: 'settings-passphrase',
    scene: 'full',
    steps: inTurn(
      (page) => go(page, 'Settings'),
      (page) => press(page, 'Set a recovery passphrase'),
    ),
  },
  // Names that are written from right to left, or without spaces.
  { name: 'names-certificates', scene: 'names' },
  { name: 'names-certificate', scene: 'names', steps: certificate(/ليلى حداد.*Replaced/u) },
  {
    name: 'names-delete-several',
    scene: 'names',
    steps: inTurn(selectThree('List of certificates'), (page) => press(page, 'Delete…')),
  },
  { name: 'names-export', scene: 'names', steps: (page) => menu(page, 'Export…') },
  { name: 'names-sites', scene: 'names', steps: site('grafana.acme.dev') },
  { name: 'names-activity', scene: 'names', steps: (page) => find(page, 'Go to Activity') },
  {
    name: 'names-issuers',
    scene: 'names',
    steps: inTurn(
      (page) => go(page, 'Issuers'),
      (page) => page.getByRole('region', { name: 'List of issuers' }).getByText('רשות אישורים אקמה').first().click(),
    ),
  },
  { name: 'names-access', scene: 'names', steps: (page) => go(page, 'Access') },
  { name: 'names-explain', scene: 'names', steps: explained },
  { name: 'names-palette', scene: 'names', steps: palette },
]
