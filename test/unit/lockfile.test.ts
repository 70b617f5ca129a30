import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'

const Lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      link: z.boolean().optional(),
      inBundle: z.boolean().optional(),
      resolved: z.string().optional(),
      integrity: z.string().optional(),
    }),
  ),
})
const { packages } = Lockfile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
/** Without Latchkey itself, and without what comes inside another package. */
const fetched = Object.entries(packages).filter(([path, { inBundle }]) => path !== '' && inBundle !== true)

it('takes every package from the registry, and nothing from a folder, an address or a repository', () => {
  expect(fetched.length).toBeGreaterThan(100)
  // Without an address, npm asks the registry that is configured; the hash is the same wherever the package comes from.
  const elsewhere = fetched.filter(
    ([, { link, resolved }]) =>
      link === true || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')),
  )
  expect(elsewhere.map(([path, { resolved }]) => `${path}: ${resolved}`)).toEqual([])
})

it('knows what every package must be, by a hash that is still trusted', () => {
  const unsure = fetched.filter(([, { integrity }]) => !/^sha512-[A-Za-z0-9+/]{86}==$/u.test(integrity ?? ''))
  expect(unsure.map(([path]) => path)).toEqual([])
})
