import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../renderer/src/', import.meta.url))

it('every name that the window puts into quotation marks is isolated from the words beside it', () => {
  const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))
  expect(sources.length).toBeGreaterThan(100)
  // `quoted` of shared/logic/isolate.ts does both.
  expect(sources.filter((name) => /“\$?\{/u.test(readFileSync(join(root, name), 'utf8')))).toEqual([])
})
