import { chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '#electron/platform/environment'
import { effectiveUser, homePaths } from '#electron/platform/home'
import { refuseForeign } from '#electron/platform/home-owner'
import { temporaryFolder } from '../../../support/home'

/** With real owners, so only root can set the scene. */
const isRoot = effectiveUser() === 0
const [ada, bob] = [65_534, 65_533]

let person: string
beforeEach(() => {
  person = temporaryFolder()
})

function folder(owner: number, ...names: string[]): string {
  const path = join(person, ...names)
  mkdirSync(path)
  chownSync(path, owner, owner)
  return path
}

const detail = (home: string, me: number | null) => refuseForeign(home, me)?.detail ?? null

describe.skipIf(!isRoot)('a folder', () => {
  it('of one’s own is opened, be it there or not', () => {
    chownSync(person, ada, ada)
    expect(detail(join(person, 'new', 'er'), ada)).toBeNull()
    expect(detail(folder(ada, 'own'), ada)).toBeNull()
  })

  it('of another account is refused, by its owner’s number', () => {
    expect(detail(folder(bob, 'theirs'), ada)).toBe('The folder belongs to user 65533.')
    expect(detail(folder(0, 'of root'), ada)).toBe('The folder belongs to user 0.')
    expect(refuseForeign(join(person, 'theirs'), ada)?.code).toBe('home-not-yours')
  })

  it.each(['latchkey.db', 'vault', 'vault/header.json'])('in which “%s” is another’s is refused', (name) => {
    const home = folder(ada, 'own')
    if (name.startsWith('vault')) folder(name === 'vault' ? bob : ada, 'own', 'vault')
    if (name.includes('.')) {
      writeFileSync(join(home, name), '')
      chownSync(join(home, name), bob, bob)
    }
    expect(detail(home, ada)).toBe(`“${name}” in it belongs to user 65533.`)
  })

  it('is refused where a link of another account leads to it, and not where one’s own or root’s does', () => {
    const home = folder(ada, 'own')
    for (const [owner, expected] of [
      [bob, 'A link on the way to the folder belongs to user 65533.'],
      [ada, null],
      [0, null],
    ] as const) {
      const link = join(person, `link of ${owner}`)
      symlinkSync(person, link)
      lchownSync(link, owner, owner)
      expect(detail(join(link, 'own'), ada)).toBe(expected)
      expect(detail(join(link, 'new'), ada)).toBe(expected)
    }
    const last = join(person, 'last')
    symlinkSync(home, last)
    expect(detail(last, ada)).toBeNull()
    lchownSync(last, bob, bob)
    expect(detail(last, ada)).toContain('A link')
  })

  it('is looked for to the end of a chain of links, and no further in a circle', () => {
    folder(ada, 'own')
    symlinkSync('b', join(person, 'a'))
    symlinkSync('own', join(person, 'b'))
    lchownSync(join(person, 'b'), bob, bob)
    expect(detail(join(person, 'a'), ada)).toContain('A link')
    symlinkSync('circle', join(person, 'circle'))
    expect(detail(join(person, 'circle'), ada)).toBe(null)
  })

  it('in root’s own folder, but of a person, is refused to root', () => {
    expect(detail(folder(ada, 'own'), 0)).toBe('The folder belongs to user 65534.')
  })

  it('of a person is refused to root, also where root’s own lies in it or none is there yet', () => {
    chownSync(person, ada, ada)
    for (const home of [folder(ada, 'own'), folder(0, 'left by sudo'), join(person, '.config', 'Latchkey')])
      expect(detail(home, 0)).toBe('Root would write into a folder of user 65534.')
  })

  it('that is refused is not made', () => {
    chownSync(person, ada, ada)
    const paths = homePaths({ environment: readEnvironment({}), platform: 'linux', userHome: person, me: 0 })
    expect(paths.refusal?.code).toBe('home-not-yours')
    // Whoever makes it now is the first.
    expect(() => mkdirSync(join(person, '.config'))).not.toThrow()
  })
})

it('that cannot be made is said to be so', () => {
  writeFileSync(join(person, 'file'), '')
  const environment = readEnvironment({ LATCHKEY_HOME: join(person, 'file', 'home') })
  const { refusal } = homePaths({ environment, platform: 'linux', userHome: person, me: effectiveUser() })
  expect(refusal?.code).toBe('home-unusable')
})

it('claims nothing where there are no owners', () => {
  expect(refuseForeign(person, null)).toBeNull()
})
