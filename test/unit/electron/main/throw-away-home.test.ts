import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { isThrowAwayHome, isThrownAwayToo, throwAwayMark } from '#electron/main/throw-away-home'
import { temporaryFolder } from '../../../support/home'

const account = vi.hoisted(() => ({ home: '/nowhere' }))
vi.mock('node:os', async (load) => {
  const os = await load<typeof import('node:os')>()
  return { ...os, userInfo: () => ({ ...os.userInfo(), homedir: account.home }) }
})

const root = realpathSync(temporaryFolder())
const newHome = () => mkdtempSync(join(root, 'home-'))
function marked(content?: string): string {
  const home = newHome()
  writeFileSync(join(home, throwAwayMark), content ?? `${home}\n`)
  return home
}

describe.skipIf(process.platform === 'win32')('a throw-away home', () => {
  it('carries the mark that set-up gave to this very folder', () => {
    expect(isThrowAwayHome(marked())).toBe(true)
    expect(isThrowAwayHome(newHome())).toBe(false)
    expect(isThrowAwayHome(marked('1'))).toBe(false)
    expect(isThrowAwayHome(marked('/home/ada'))).toBe(false)
    expect(isThrowAwayHome(join(root, 'missing'))).toBe(false)
  })

  it('is not one whose mark is only a link', () => {
    const home = newHome()
    const elsewhere = join(root, 'mark')
    writeFileSync(elsewhere, home)
    symlinkSync(elsewhere, join(home, throwAwayMark))
    expect(isThrowAwayHome(home)).toBe(false)
  })

  it('is never the home of the account, whatever lies in it', () => {
    const home = marked()
    account.home = home
    expect(isThrowAwayHome(home)).toBe(false)
    account.home = join(root, 'link')
    symlinkSync(home, account.home)
    expect(isThrowAwayHome(home)).toBe(false)
    account.home = '/nowhere'
  })

  it('takes only what lies in it along', () => {
    const home = marked()
    const inside = join(home, 'latchkey')
    mkdirSync(inside)
    const outside = newHome()
    const link = join(home, 'link')
    symlinkSync(outside, link)
    expect([inside, outside, link, home].map((folder) => isThrownAwayToo(folder, home))).toEqual([
      true,
      false,
      false,
      false,
    ])
    expect(isThrownAwayToo(outside, outside)).toBe(false)
  })
})
