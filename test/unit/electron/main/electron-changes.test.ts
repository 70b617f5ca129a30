import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const list = readFileSync(join('electron', 'main', 'electron-changes.md'), 'utf8')
const workflow = readFileSync(join('.github', 'workflows', 'ci.yml'), 'utf8')

const rows = list
  .split('\n')
  .filter((line) => /^\| \d\d +\|/u.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(' | ')
      .map((cell) => cell.trim()),
  )

/** What a cell names: a test by its file and words of its title, or a line of the workflow. */
const named = rows.flatMap(([release = '', change = '', , proof = '']) =>
  proof.split('; ').map((one): [string, string] => [`${release}: ${change}`, one]),
)

describe('the list of what changed from Electron 25 to 45', () => {
  it('has whole rows, in the order of the releases that package.json and the trial runtime stand for', () => {
    expect(rows.length).toBeGreaterThan(20)
    for (const row of rows) expect(row, row[1]).toHaveLength(4)
    const releases = rows.map(([release]) => Number(release))
    expect(releases).toEqual([...releases].sort((one, other) => one - other))
    const newest = /"electron": "\^?(\d+)/u.exec(readFileSync('package.json', 'utf8'))?.[1]
    expect([releases[0], releases.at(-1)]).toEqual([26, Number(newest)])
  })

  it.each(named)('names a test that is there, or says that there is none: %s', (_change, proof) => {
    const test = /^`(test\/[^`]+)` “(.+)”$/u.exec(proof)
    const line = /^`ci\.yml`: `([^`]+)`$/u.exec(proof)
    if (test !== null) {
      const [, path = '', title = ''] = test
      expect(existsSync(path), path).toBe(true)
      expect(readFileSync(path, 'utf8')).toContain(title)
    } else if (line !== null) {
      expect(workflow).toContain(line[1])
    } else {
      expect(proof).toMatch(/^(nothing to test|not tested: .+|see \d\d)$/u)
    }
  })

  it('was read for every part of Electron that is imported', () => {
    const folders = ['electron/main', 'electron/preload']
    const sources = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(join(folder, name), 'utf8')),
    )
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/^import \{([^}]*)\} from 'electron'$/gmu)].flatMap(([, names = '']) =>
        names.split(',').map((name) => name.trim()),
      ),
    )
    const values = [...new Set(imported.filter((name) => name !== '' && !name.startsWith('type ')))].sort()
    const intro = /Read for these parts of Electron[\s\S]*?\n\n/u.exec(list)?.[0] ?? ''
    const listed = [...intro.matchAll(/`(\w+)`/gu)].map(([, name = '']) => name).sort()
    expect(listed).toEqual(values)
  })
})
