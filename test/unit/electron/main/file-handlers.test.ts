import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { createFileHandlers, type FileHandlers } from '#electron/main/ipc/file-handlers'
import { createScreenJobs, type ScreenJobs } from '#electron/main/ipc/screen-jobs'
import { createTickets } from '#electron/main/ipc/tickets'
import { createWindowCommands, type WindowCommands } from '#electron/main/window-commands'
import { withFiles } from '#electron/main/with-files'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { systemRandom } from '#electron/platform/random'
import { createConvert } from '#electron/services/convert'
import { createInspect } from '#electron/services/file-services'
import { AppError } from '#shared/errors'
import { ChosenFile, type FileSource } from '#shared/model/file'
import { JobId, type TicketId } from '#shared/model/ids'
import { WindowCommand } from '#shared/model/window-command'
import { openWorkshop, type Workshop } from '../../../support/openssl'

/** What the window can do with files that were chosen in a dialog: their paths stay here. */
let shop: Workshop
beforeAll(async () => {
  shop = await openWorkshop()
  await shop.openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'own.key')
  await shop.openssl('req', '-x509', '-key', 'own.key', '-subj', '/CN=Ada', '-days', '9', '-out', 'own.pem')
  await shop.openssl('req', '-new', '-key', 'own.key', '-subj', '/CN=Ada', '-out', 'own.csr')
  await shop.openssl('req', '-in', 'own.csr', '-outform', 'DER', '-out', 'binary.csr')
  await shop.openssl('pkcs8', '-topk8', '-nocrypt', '-in', 'own.key', '-outform', 'DER', '-out', 'secret.csr')
  await shop.write('both.csr', Buffer.concat([await shop.read('own.csr'), await shop.read('own.key')]))
  await shop.write('people.csv', 'csr,common_name\nown.csr,Ada\n')
  await shop.write('secrets.csv', await shop.read('own.key'))
  const files = ['-inkey', 'own.key', '-in', 'own.pem', '-out', 'own.p12']
  await shop.openssl('pkcs12', '-export', ...files, '-passout', 'pass:sesame')
})
afterAll(() => shop.remove())

let chosen: string[]
/** Where the person saves; null where the dialog is closed. The names that it offered, and what is kept for “Show in folder”. */
let saveAs: string | null
let offered: string[]
let exported: string[]
let now: Date
let screenJobs: ScreenJobs
let tickets: ReturnType<typeof createTickets>
let commands: WindowCommands
let announced: number
let handlers: FileHandlers
beforeEach(() => {
  chosen = []
  saveAs = null
  offered = []
  exported = []
  now = new Date('2026-05-01T09:00:00Z')
  screenJobs = createScreenJobs(() => undefined)
  tickets = createTickets({ now: () => now }, systemRandom)
  announced = 0
  commands = createWindowCommands(() => {
    announced += 1
  })
  handlers = createFileHandlers({
    services: {
      inspect: createInspect({ jobs: inlineJobs(), onBug: rethrow }),
      verify: () => Promise.reject(new Error('unused')),
      convert: createConvert({ jobs: inlineJobs(), clock: { now: () => now } }),
    },
    desktop: {
      choose: async () => chosen.map((name) => shop.path(name)),
      chooseWhere: async (name) => {
        offered.push(name)
        return saveAs === null ? null : shop.path(saveAs)
      },
      noteExported: (path) => exported.push(path),
    },
    tickets,
    commands,
    jobs: screenJobs,
  })
})

function rethrow(error: unknown): never {
  throw error
}

const job = () => JobId.parse(systemRandom.uuid())
const look = (source: FileSource, password: string | null = null) =>
  handlers['files.inspect']({ source, password, job: job() })
const redeemed = (ticket: TicketId, work: (files: IncomingFile[]) => Promise<string> = async () => 'done') =>
  withFiles([{ kind: 'ticket', ticket }], { verb: 'import', tickets }, work)
const chooseTickets = async (name: string) => {
  chosen = [name]
  const [file] = (await handlers['files.choose'](undefined)).files
  if (file?.kind !== 'tickets') throw new Error('not tickets')
  return file
}

describe('choosing', () => {
  it('gives requests and lists as bytes, as if they had been dropped, and tickets for all else', async () => {
    chosen = ['own.csr', 'binary.csr', 'people.csv', 'own.pem', 'own.key', 'gone.pem']
    const { files, leftOut } = await handlers['files.choose'](undefined)
    expect(files.map(({ kind, name }) => [name, kind])).toEqual([
      ['own.csr', 'bytes'],
      ['binary.csr', 'bytes'],
      ['people.csv', 'bytes'],
      ['own.pem', 'tickets'],
      ['own.key', 'tickets'],
      ['gone.pem', 'tickets'],
    ])
    expect(leftOut).toBe(0)
    for (const file of files) expect(ChosenFile.parse(file)).toEqual(file)
    expect(JSON.stringify(files)).not.toContain(shop.folder)
  })

  it('never lets a private key out under the name of a request or a list', async () => {
    chosen = ['secret.csr', 'both.csr', 'secrets.csv']
    const { files } = await handlers['files.choose'](undefined)
    expect(files.map(({ kind }) => kind)).toEqual(['tickets', 'tickets', 'tickets'])
  })

  it('says how many were too many', async () => {
    chosen = Array.from({ length: 1003 }, () => 'gone.pem')
    const { files, leftOut } = await handlers['files.choose'](undefined)
    expect([files.length, leftOut]).toEqual([1000, 3])
  })
})

describe('files that the system hands over', () => {
  it('are offered like chosen ones, once, in the order of what else was asked', async () => {
    commands.give({ kind: 'act', action: 'settings' })
    commands.give({ kind: 'files', paths: [shop.path('own.csr'), shop.path('own.pem')] })
    const told = await handlers['app.commands'](undefined)
    expect(told).toMatchObject([
      { kind: 'act', action: 'settings' },
      {
        kind: 'files',
        files: [
          { kind: 'bytes', name: 'own.csr' },
          { kind: 'tickets', name: 'own.pem' },
        ],
        leftOut: 0,
      },
    ])
    for (const command of told) expect(WindowCommand.parse(command)).toEqual(command)
    expect(JSON.stringify(told)).not.toContain(shop.folder)
    expect(await handlers['app.commands'](undefined)).toEqual([])
  })

  it('do not take with them what else was asked, where opening them fails by a mistake of ours', async () => {
    commands.give({ kind: 'act', action: 'settings' })
    commands.give({ kind: 'files', paths: [shop.path('own.pem')] })
    commands.give({ kind: 'link', link: 'latchkey://setup#AAAA' })
    announced = 0
    vi.spyOn(tickets, 'issue').mockImplementationOnce(() => rethrow(new TypeError('a mistake')))
    await expect(handlers['app.commands'](undefined)).rejects.toThrow('a mistake')
    expect(announced).toBe(1)
    commands.give({ kind: 'act', action: 'about' })
    expect(await handlers['app.commands'](undefined)).toMatchObject([
      { kind: 'act', action: 'settings' },
      { kind: 'files', files: [{ name: 'a link' }] },
      { kind: 'act', action: 'about' },
    ])
  })
})

describe('a set-up file', () => {
  it('holds no secret, and travels as bytes, from a dialog as from a link', async () => {
    await shop.write('acme.latchkey', 'latchkey-setup 1 x y\n{}\n')
    await shop.write('key.latchkey', await shop.read('own.key'))
    chosen = ['acme.latchkey', 'key.latchkey']
    const { files } = await handlers['files.choose'](undefined)
    expect(files).toMatchObject([{ kind: 'bytes', name: 'acme.latchkey' }, { kind: 'tickets' }])
    commands.give({ kind: 'link', link: 'latchkey://setup#AAAA' })
    const told = await handlers['app.commands'](undefined)
    const bytes = new TextEncoder().encode('latchkey://setup#AAAA')
    expect(told).toEqual([{ kind: 'files', files: [{ kind: 'bytes', name: 'a link', bytes }], leftOut: 0 }])
    for (const command of told) expect(WindowCommand.parse(command)).toEqual(command)
  })
})

describe('a ticket', () => {
  it('is spent by work that succeeds', async () => {
    const file = await chooseTickets('own.pem')
    expect(await redeemed(file.import, async ([read]) => read?.name ?? '')).toBe('own.pem')
    await expect(redeemed(file.import)).rejects.toMatchObject({ code: 'ticket-expired' })
  })

  it('stays good when the work was refused or cancelled', async () => {
    const file = await chooseTickets('own.pem')
    const locked = () => Promise.reject(new AppError('vault-locked'))
    await expect(redeemed(file.import, locked)).rejects.toMatchObject({ code: 'vault-locked' })
    expect(await redeemed(file.import)).toBe('done')
  })

  it('serves one verb: the one for looking does not import, and is worthless after the attempt', async () => {
    const file = await chooseTickets('own.pem')
    await expect(redeemed(file.inspect)).rejects.toMatchObject({ code: 'ticket-expired' })
    await expect(look({ kind: 'ticket', ticket: file.inspect })).rejects.toMatchObject({ code: 'ticket-expired' })
  })

  it('expires, also when it was given back', async () => {
    const file = await chooseTickets('own.pem')
    await expect(redeemed(file.import, () => Promise.reject(new AppError('cancelled')))).rejects.toThrow()
    now = new Date('2026-05-01T09:11:00Z')
    await expect(redeemed(file.import)).rejects.toMatchObject({ code: 'ticket-expired' })
  })
})

describe('looking', () => {
  it('is possible after an import was refused, and again with a password', async () => {
    const file = await chooseTickets('own.p12')
    await expect(redeemed(file.import, () => Promise.reject(new AppError('nothing-usable')))).rejects.toThrow()
    const first = await look({ kind: 'ticket', ticket: file.inspect })
    expect(first.file.failures[0]?.code).toBe('password-needed')
    if (first.again === null) throw new Error('no second look')
    const second = await look({ kind: 'ticket', ticket: first.again }, 'sesame')
    expect(second.file.objects.map(({ kind }) => kind)).toEqual(['certificate', 'private-key'])
    await expect(look({ kind: 'ticket', ticket: first.again })).rejects.toMatchObject({ code: 'ticket-expired' })
  })

  it('can be stopped by its job, and begun again', async () => {
    const file = await chooseTickets('own.p12')
    const source = { kind: 'ticket', ticket: file.inspect } as const
    const stopped = job()
    const looking = handlers['files.inspect']({ source, password: 'sesame', job: stopped })
    screenJobs.cancel(stopped)
    await expect(looking).rejects.toMatchObject({ code: 'cancelled' })
    expect((await look(source, 'sesame')).file.objects).toHaveLength(2)
  })

  it('needs no ticket for bytes', async () => {
    const bytes = new Uint8Array(await shop.read('own.pem'))
    const { file, again } = await look({ kind: 'bytes', name: 'dropped.pem', bytes })
    expect([file.name, file.objects[0]?.title, again]).toEqual(['dropped.pem', 'Ada', null])
  })
})

describe('converting', () => {
  const bytes = async (name: string): Promise<FileSource> => ({
    kind: 'bytes',
    name,
    bytes: new Uint8Array(await shop.read(name)),
  })
  const convert = async (choice: Partial<Parameters<FileHandlers['files.convert']>[0]> = {}) =>
    handlers['files.convert']({
      sources: [await bytes('own.p12')],
      password: 'sesame',
      destination: 'curl',
      pick: null,
      protection: { password: null, plain: true },
      ...choice,
      job: job(),
    })

  it('writes what the destination reads where the person says, and remembers the place', async () => {
    saveAs = 'converted.pem'
    expect(await convert()).toEqual({ names: ['converted.pem', 'converted.key'], key: 'plain' })
    expect(offered).toEqual(['ada.pem'])
    expect(exported).toEqual([shop.path('converted.pem')])
    const modulus = await shop.openssl('pkey', '-in', 'converted.key', '-pubout')
    expect(await shop.openssl('x509', '-in', 'converted.pem', '-pubkey', '-noout')).toEqual(modulus)
  })

  it('can be asked again where the dialog was closed, and not once the file is written', async () => {
    const sources: FileSource[] = [{ kind: 'ticket', ticket: tickets.issue(shop.path('own.p12'), 'inspect') }]
    expect(await convert({ sources })).toMatchObject({ names: [] })
    saveAs = 'again.pem'
    expect(await convert({ sources })).toMatchObject({ names: ['again.pem', 'again.key'] })
    await expect(convert({ sources })).rejects.toMatchObject({ code: 'ticket-expired' })
  })

  it('says whether a key is in it, and keeps it under its new password', async () => {
    saveAs = 'converted.der'
    const nothingSecret = { password: null, plain: false }
    const sources = [await bytes('own.pem')]
    expect(await convert({ sources, password: null, destination: 'der', protection: nothingSecret })).toEqual({
      names: ['converted.der'],
      key: 'none',
    })
    saveAs = 'converted.p12'
    const protection = { password: 'open sesame', plain: false }
    expect(await convert({ destination: 'firefox', protection })).toEqual({
      names: ['converted.p12'],
      key: 'encrypted',
    })
    await shop.openssl('pkcs12', '-in', 'converted.p12', '-noout', '-passin', 'pass:open sesame')
  })

  it('writes nothing where the dialog is closed, or the password is wrong', async () => {
    expect(await convert()).toEqual({ names: [], key: 'plain' })
    saveAs = 'never.pem'
    await expect(convert({ password: 'guess' })).rejects.toMatchObject({ code: 'wrong-password' })
    await expect(shop.read('never.pem')).rejects.toThrow()
    expect(offered).toHaveLength(1)
    expect(exported).toEqual([])
  })
})
