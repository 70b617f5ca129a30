import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { handedOver, hasOverlongLink, tellable } from '#electron/main/handed-over'
import { SecondStart } from '#electron/main/second-start'
import { createWindowCommands } from '#electron/main/window-commands'
import { MAX_SETUP_LINK } from '#shared/logic/setup-file'

const filesIn = (...given: Parameters<typeof handedOver>) => handedOver(...given).files

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

describe('a link in a command line', () => {
  const link = 'latchkey://setup#AAAA'

  it('is found behind --, where the handler of the system puts it, and before it', () => {
    expect(handedOver(['latchkey', '--', link], '/')).toEqual({ files: [], link })
    expect(handedOver(['latchkey', '--no-sandbox', link], '/')).toEqual({ files: [], link })
    expect(handedOver(['electron', '.', '--', link], '/', true)).toEqual({ files: [], link })
  })

  it.each([
    ['latchkey://setup#AAAA --inspect', 'options within it'],
    ['latchkey:--inspect', 'an option behind the colon'],
    ['LATCHKEY://setup#AAAA', 'capital letters'],
    ['latchkey://setup?file=/etc/passwd', 'a place to read'],
    ['latchkey://\\\\server\\share', 'a place on another computer'],
    ['latchkey://setup#\u202e', 'a hidden character'],
    ['latchkey:\0', 'a NUL'],
  ])('%j is handed over as it is, to be refused in sight: %s', (hostile) => {
    expect(handedOver(['latchkey', '--', hostile], '/')).toEqual({ files: [], link: hostile })
  })

  it('brings no files along, and only one of several counts', () => {
    expect(handedOver(['latchkey', '--', link, '/etc/passwd', 'latchkey://setup#BBBB'], '/')).toEqual({
      files: [],
      link,
    })
    expect(handedOver(['latchkey', '\\\\evil\\share\\a.p12', link], '/')).toEqual({ files: [], link })
  })

  it('that is huge is cut to what shows that it is too long', () => {
    const { link: kept } = handedOver(['latchkey', '--', `latchkey://setup#${'A'.repeat(100_000)}`], '/')
    expect(kept?.length).toBe(MAX_SETUP_LINK + 3)
    expect(SecondStart.parse({ files: [], link: kept }).link).toBe(kept)
    expect(SecondStart.safeParse({ files: [], link: 'x'.repeat(MAX_SETUP_LINK + 4) }).success).toBe(false)
  })

  it.each([
    'https://example.com/#latchkey:',
    'javascript:latchkey',
    'xlatchkey://setup#AAAA',
    'file:///latchkey:',
    'latchkey',
    'latchkeys:x',
  ])('is none of another scheme: %s', (other) => expect(handedOver(['latchkey', '--', other], '/').link).toBe(null))

  it('starts nothing where another process could not be told of it', () => {
    expect(hasOverlongLink(['latchkey', '--', `latchkey://setup#${'A'.repeat(100_000)}`])).toBe(true)
    expect(hasOverlongLink(['latchkey', '--', `latchkey://setup#${'A'.repeat(MAX_SETUP_LINK)}`])).toBe(false)
    expect(hasOverlongLink(['latchkey', 'a.pem'.repeat(10_000)])).toBe(false)
  })

  it('is one where the page has not fetched it yet and it comes again', () => {
    const commands = createWindowCommands(() => undefined)
    for (const given of [link, link, 'latchkey://setup#BBBB']) commands.give({ kind: 'link', link: given })
    expect(commands.takeAll()).toHaveLength(2)
  })
})

it.runIf(process.platform !== 'win32')('what stands behind -- is a file, whatever it looks like', () => {
  const given = ['latchkey', '--guided-lab', '--', '--inspect', '-r', 'a.pem', '']
  expect(handedOver(given, '/srv')).toEqual({ files: ['/srv/--inspect', '/srv/-r', '/srv/a.pem'], link: null })
})

it('reads nothing into what a start of another version tells', () => {
  for (const told of [undefined, null, {}, { files: 'client.pem' }, { files: [7] }, 'files'])
    expect(SecondStart.safeParse(told).success).toBe(false)
  expect(SecondStart.parse({ files: [] }).link).toBe(null)
  for (const link of [7, ['latchkey:'], {}]) expect(SecondStart.safeParse({ files: [], link }).success).toBe(false)
})

describe('files that one start tells another', () => {
  const told = (pieces: string[][]) => pieces.map((piece) => Buffer.byteLength(piece.join('\0')))

  it('are all told, in order, in pieces of a size that fits', () => {
    const files = Array.from({ length: 1000 }, (_, index) => `/home/ada/Müller’s certificates/number ${index}.pem`)
    const pieces = tellable(files)
    expect(pieces.flat()).toEqual(files)
    expect(Math.max(...told(pieces))).toBeLessThanOrEqual(6 * 1024)
    expect(pieces.length).toBeLessThan(15)
  })

  it('are one piece where they are few, and none where there are none', () => {
    expect(tellable(['/a.pem', '/b.pem'])).toEqual([['/a.pem', '/b.pem']])
    expect(tellable([])).toEqual([])
    const long = `/${'x'.repeat(7000)}`
    expect(tellable(['/a', long, '/b'])).toEqual([['/a'], [long], ['/b']])
  })
})
