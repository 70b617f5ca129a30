import { defineConfig } from 'vitest/config'

const project = (name: string, include: string[], extra = {}) => ({
  test: { name, include, environment: 'node' as const, testTimeout: 60_000, hookTimeout: 120_000, ...extra },
})

/** One project for each kind of proof; `npm test -- unit` runs one of them. */
export default defineConfig({
  define: { __LATCHKEY_VERSION__: JSON.stringify('0.0.0-test') },
  test: {
    pool: 'forks',
    projects: [
      project('unit', ['test/unit/**/*.test.ts']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('stores', ['test/stores/**/*.test.ts', 'test/native/**/*.test.ts'], {
        fileParallelism: false,
        testTimeout: 240_000,
      }),
      project('cli', ['test/cli/**/*.test.ts'], { fileParallelism: false, testTimeout: 180_000 }),
      project('crash', ['test/crash/**/*.test.ts'], {
        fileParallelism: false,
        testTimeout: 900_000,
        hookTimeout: 300_000,
      }),
    ],
  },
})
