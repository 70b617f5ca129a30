import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { filesIn, SecondStart } from '#electron/main/handed-over'
import { createWindowCommands } from '#electron/main/window-commands'

describe('commands for the window', () => {
  it('wait until the page fetches them, which is told each time', () => {
    let told = 0
    const commands = createWindowCommands(() => {
      told += 1
    })
    commands.give({ kind: 'act', action: 'new' })
    commands.give({ kind: 'files', paths: ['/a.pem'] })
    expect(told).toBe(2)
    expect(commands.takeAll()).toEqual([
      { kind: 'act', action: 'new' },
      { kind: 'files', paths: ['/a.pem'] },
    ])
    expect(commands.takeAll()).toEqual([])
  })

  it('that say the same once more are one, and files that come one by one are opened together', () => {
    const commands = createWindowCommands(() => undefined)
    for (let press = 0; press < 2; press += 1) commands.give({ kind: 'act', action: 'open' })
    for (let press = 0; press < 2; press += 1) commands.give({ kind: 'act', action: 'lock' })
    commands.give({ kind: 'files', paths: ['/a.pem'] })
    commands.give({ kind: 'files', paths: ['/b.key'] })
    expect(commands.takeAll()).toEqual([
      { kind: 'act', action: 'open' },
      { kind: 'act', action: 'lock' },
      { kind: 'files', paths: ['/a.pem', '/b.key'] },
    ])
  })
})

describe('files in a command line', () => {
  it.runIf(process.platform !== 'win32')('are paths from its folder, or addresses of files; options are none', () => {
    const given = ['/usr/bin/latchkey', '--no-sandbox', 'client.pem', '', '/srv/a b.p12', 'file:///srv/a%20b.crt']
    expect(filesIn(given, '/home/ada')).toEqual(['/home/ada/client.pem', '/srv/a b.p12', '/srv/a b.crt'])
  })

  it('are none of the web, and none on another computer', () => {
    const address = pathToFileURL(process.cwd()).href.replace('file://', 'file://elsewhere')
    const foreign = ['https://example.com/client.pem', ...(process.platform === 'win32' ? [] : [address])]
    expect(filesIn(['latchkey', ...foreign], process.cwd())).toEqual([])
  })

  it('begin after the app itself where Electron is not packaged', () => {
    expect(filesIn(['electron', '--inspect=0', '.', process.execPath], process.cwd(), true)).toEqual([process.execPath])
  })
})

it('reads nothing into what a start of another version tells', () => {
  for (const told of [undefined, null, {}, { files: 'client.pem' }, { files: [7] }, 'files'])
    expect(SecondStart.safeParse(told).success).toBe(false)
})
