import { defineConfig } from '@playwright/test'
import { leftOn } from '../support/files-of-today'
import { isSample, today } from '../support/rounds'

/** The real app on a real screen; `npm test` provides screen, keyring and HOME. What a failure leaves goes to test-results/. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.test.ts',
  testIgnore: (isSample ? leftOn(today, 'e2e') : []).map((file) => `**/${file}`),
  outputDir: '../../test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: process.env['LATCHKEY_SOAK'] === '1' ? 14_400_000 : 300_000,
  // Only ever waited out by what never comes: with both cores taken by others, deriving a key from a passphrase takes 20 seconds.
  expect: { timeout: 60_000 },
  reporter: [['list']],
  use: { screenshot: 'only-on-failure', trace: 'retain-on-failure' },
})
