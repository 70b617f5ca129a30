import { find, press } from './ways.mjs'

/** The practice site. */
export const practiceScreens = [
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
]
