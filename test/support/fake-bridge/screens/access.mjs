import { explained, fill, find, go, inTurn, press, tab } from './ways.mjs'

const plan = async (page) => {
  await go(page, 'Access')
  await press(page, 'Plan a change')
  await page.getByRole('menuitem', { name: 'Block certificates now…' }).click()
  await page.getByRole('dialog').getByLabel('Names').fill('Jonas Brandt')
  await press(page, 'Plan this change')
  await page.getByText('What will be done').waitFor()
}
const rollOver = async (page) => {
  await go(page, 'Access')
  await press(page, 'Plan a change')
  await page.getByRole('menuitem', { name: 'Roll a CA over…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'CA to replace' }).click()
  await page.getByRole('option', { name: /2023/u }).click()
  await dialog.getByRole('combobox', { name: 'New CA' }).click()
  await page.getByRole('option').first().click()
  await press(page, 'Plan this change')
  await page.getByText('What will be done').waitFor()
  await press(page, 'Back to Access')
  await press(page, 'Show the steps')
  await page.getByRole('heading', { level: 1, name: /^Roll /u }).waitFor()
}
const practiceAccount = async (page) => {
  await go(page, 'Access')
  await press(page, 'Plan a change')
  await page.getByRole('menuitem', { name: 'Use the practice account' }).click()
  await page.getByText('This account is on this computer.').waitFor()
}

const alerts = async (page) => {
  await go(page, 'Access')
  await tab(page, /^Expiry alerts/u)
}

/** Access: what is, plans, roll-overs, alerts and the practice account. */
export const accessScreens = [
  { name: 'access', scene: 'full', steps: (page) => go(page, 'Access') },
  { name: 'access-many', scene: 'many', steps: (page) => go(page, 'Access') },
  {
    name: 'access-empty',
    scene: 'empty',
    steps: (page) => find(page, 'Access'),
  },
  {
    name: 'access-refused-token',
    scene: 'empty',
    steps: async (page) => {
      await find(page, 'Access')
      await press(page, 'Connect to Cloudflare…')
      await fill(page, 'API token', 'refused')
      await press(page, /^Connect$/u)
      await page.getByRole('alert').waitFor()
    },
  },
  ...['CAs', 'Applications', 'Policies', 'Rule groups', 'Expiry alerts'].map((name) => ({
    name: `access-${name.toLowerCase().replace(' ', '-')}`,
    scene: 'full',
    steps: inTurn(
      (page) => go(page, 'Access'),
      (page) => tab(page, new RegExp(`^${name}`, 'u')),
    ),
  })),
  {
    name: 'access-changes',
    scene: 'full',
    steps: inTurn(
      (page) => go(page, 'Access'),
      (page) => press(page, 'Review changes'),
    ),
  },
  {
    name: 'access-explain',
    scene: 'full',
    steps: explained,
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
  {
    name: 'access-wish-roll-over',
    scene: 'full',
    steps: async (page) => {
      await go(page, 'Access')
      await tab(page, /^CAs/u)
      await press(page, /^Roll over….*2023/u)
      await page.getByRole('dialog').waitFor()
    },
  },
  { name: 'access-roll-over', scene: 'full', steps: rollOver },
  {
    name: 'access-roll-over-tested',
    scene: 'full',
    steps: async (page) => {
      await rollOver(page)
      await press(page, 'Test both now')
      await page.getByText(/tests let in/u).waitFor()
    },
  },
  {
    name: 'access-roll-over-notice',
    scene: 'full',
    steps: async (page) => {
      await rollOver(page)
      await press(page, 'Back to Access')
    },
  },
  {
    name: 'access-wish-alert',
    scene: 'full',
    steps: async (page) => {
      await alerts(page)
      await press(page, 'Add an alert…')
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'access-alert-changed',
    scene: 'full',
    steps: async (page) => {
      await alerts(page)
      await press(page, /^Change….*Chat/u)
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'access-alert-tested',
    scene: 'full',
    steps: async (page) => {
      await alerts(page)
      await press(page, /^Send a test….*Access mTLS/u)
      await fill(page, 'Write token', 'good')
      await press(page, /^Send a test$/u)
      await page.getByText(/^Cloudflare accepted the test/u).waitFor()
    },
  },
  { name: 'access-plan', scene: 'full', steps: plan },
  {
    name: 'access-plan-json',
    scene: 'full',
    steps: inTurn(plan, (page) => page.getByText('As JSON', { exact: true }).click()),
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
    name: 'access-ended',
    scene: 'full',
    steps: async (page) => {
      await plan(page)
      await fill(page, /^Type wiki/u, 'wiki.acme.example')
      await fill(page, 'Write token', 'cut')
      await press(page, /^Apply/u)
      await page.getByText(/Steps 1 and 2 of/u).waitFor()
    },
  },
  {
    name: 'access-kept-token',
    scene: 'full',
    steps: async (page) => {
      await plan(page)
      await fill(page, /^Type wiki/u, 'wiki.acme.example')
      await fill(page, 'Write token', 'good')
      await page.getByRole('checkbox', { name: /^Use it for further changes/u }).check()
      await press(page, /^Apply/u)
      await press(page, 'Back to Access')
      await plan(page)
      await page.getByText('The write token that you gave before is used.').waitFor()
    },
  },
  {
    name: 'access-waiting',
    scene: 'interrupted',
    steps: inTurn(
      (page) => go(page, 'Access'),
      (page) => press(page, 'Continue or undo…'),
    ),
  },
  { name: 'access-unfinished', scene: 'interrupted', steps: (page) => go(page, 'Access') },
  {
    name: 'access-unfinished-practice',
    scene: 'empty',
    steps: async (page) => {
      await find(page, 'Access')
      await press(page, 'Practise without an account')
      await press(page, 'Plan a change')
      await page.getByRole('menuitem', { name: 'Protect a site…' }).click()
      await fill(page, 'Name of the application', 'Practice')
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
      await press(page, 'Leave')
      await page.getByRole('heading', { name: 'See who gets in' }).waitFor()
    },
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
]
