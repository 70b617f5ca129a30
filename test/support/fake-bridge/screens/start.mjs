import { certificate, find, go, inTurn, nothingFound, palette, press } from './ways.mjs'

/** The list of before stays until what was typed is answered. */
const found = (page) => page.getByRole('option', { name: 'Name, tags and note…' }).waitFor({ state: 'detached' })

/** The palette, what keeps Latchkey from starting, locked keys and what was interrupted. */
export const startScreens = [
  { name: 'palette', scene: 'full', steps: palette },
  { name: 'palette-found', scene: 'full', steps: inTurn(palette, (page) => page.keyboard.type('acme'), found) },
  {
    name: 'palette-nothing',
    scene: 'full',
    steps: inTurn(palette, (page) => page.keyboard.type('xyzzy'), nothingFound),
  },
  { name: 'start-damaged', scene: 'damaged' },
  {
    name: 'passphrase-new',
    scene: 'new',
    steps: async (page) => {
      await find(page, 'New certificate')
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
      await press(page, 'Install on this computer')
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'key-lost', scene: 'key-lost' },
  { name: 'key-lost-settings', scene: 'key-lost', steps: (page) => go(page, 'Settings') },
  { name: 'interrupted', scene: 'interrupted' },
  { name: 'interrupted-settings', scene: 'interrupted', steps: (page) => go(page, 'Settings') },
  {
    name: 'update-not-installed',
    scene: 'not-installed',
    steps: (page) => page.getByText('Latchkey 0.2.0 was not installed.').waitFor(),
  },
  {
    name: 'interrupted-discard',
    scene: 'interrupted',
    steps: inTurn(
      (page) => go(page, 'Settings'),
      (page) => press(page, /^Discard:/u),
    ),
  },
]
