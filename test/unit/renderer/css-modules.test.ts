import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../../renderer/src/', import.meta.url))
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name))
const modules = files.filter((name) => name.endsWith('.module.css'))
const sources = files
  .filter((name) => /\.tsx?$/u.test(name))
  .map((name) => ({ name, text: readFileSync(name, 'utf8') }))

/** The classes that a component takes from a module, as "module class". */
const used = new Set(
  sources.flatMap(({ name, text }) =>
    [...text.matchAll(/^import (\w+) from '([^']+\.module\.css)'$/gmu)].flatMap(([, alias, path]) =>
      [...text.matchAll(new RegExp(`(?<![./\\w])${alias}\\.(\\w+)`, 'gu'))].map(
        ([, property]) => `${resolve(dirname(name), path ?? '')} ${property}`,
      ),
    ),
  ),
)

/** Without comments, and without the classes of Mantine. */
const rulesOf = (path: string) =>
  readFileSync(path, 'utf8')
    .replace(/\/\*.*?\*\//gsu, '')
    .replace(/:global\([^)]*\)/gu, '')
    .replace(/\{[^{}]*\}/gu, '{}')
const defined = new Set(
  modules.flatMap((path) => [...rulesOf(path).matchAll(/\.([a-z]\w*)/giu)].map(([, name]) => `${path} ${name}`)),
)

it('has every class that a component asks a module for', () => {
  expect([...used].filter((name) => !defined.has(name))).toEqual([])
})

it('has no class that nothing asks for', () => {
  expect([...defined].filter((name) => !used.has(name))).toEqual([])
})

it('writes class names by hand nowhere', () => {
  const byHand = sources.filter(({ text }) => /className="/u.test(text)).map(({ name }) => name)
  expect(byHand).toEqual([])
})
