import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const source = join('renderer', 'src')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => /\.tsx?$/u.test(name))

/** The error is read, or the action is handed to what shows it, or waited for by what catches it. */
const isShown = (text: string, name: string) =>
  new RegExp(
    `\\b${name}\\.(?:error|mutateAsync)\\b|=\\{${name}\\}|\\(${name}[,)]|\\{ [^}]*\\b${name}\\b[^}]* \\}\\)`,
    'u',
  ).test(text)

it('no button hides the error of what it does', () => {
  const hidden = files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8')
    return [...text.matchAll(/const (\w+) = use(?:Action|Task)\(/gu)].flatMap(([, name = '']) =>
      isShown(text, name) ? [] : [`${file}: ${name}`],
    )
  })
  expect(hidden).toEqual([])
})
