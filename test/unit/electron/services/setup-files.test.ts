import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openLocalDatabase } from '#electron/database/local'
import { systemClock } from '#electron/platform/clock'
import { createQueue } from '#electron/platform/queue'
import { systemRandom } from '#electron/platform/random'
import { createHosts } from '#electron/services/hosts'
import { createSetupFiles } from '#electron/services/setup-files'
import { AppError } from '#shared/errors'
import { formatAddress } from '#shared/logic/address'
import { Sha256 } from '#shared/model/ids'
import { KeyCode } from '#shared/model/key'
import { Page } from '#shared/model/page'
import { SetupDraft } from '#shared/model/setup-file'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const draft = SetupDraft.parse({
  from: 'Acme IT',
  sites: ['admin.example.com', 'https://wiki.example.com/start'],
  commonName: '{name}',
  keyType: 'p-256',
  contact: 'it@example.com',
  issuers: [],
})

/** In the place of the lock of the home folder. */
const { run: inTurn } = createQueue()

function computer(pinnedSetupKey: () => Promise<Sha256 | null> = async () => null) {
  const home = temporaryFolder()
  const database = openLocalDatabase(home)
  const vault = openVault(home, memoryKeyring().keyring)
  const tools = { database, clock: systemClock, changed: () => undefined }
  const hosts = createHosts({ ...tools, random: systemRandom })
  const everything = Page.parse({ limit: 1000 })
  return {
    ...createSetupFiles({
      ...tools,
      vault,
      pinnedSetupKey,
      exclusively: inTurn,
      hosts,
    }),
    vault,
    home,
    addSite: hosts.add,
    sites: async () => (await hosts.list(everything)).rows,
    activity: async () => (await database.activity.list(everything)).rows.map(({ kind, sentence }) => [kind, sentence]),
  }
}

const bytesOf = (text: string) => Buffer.from(text)

describe('the administrator', () => {
  it('signs with one key made for this alone, which the vault keeps', async () => {
    const office = computer()
    const first = await office.make(draft)
    expect(first.content.sites).toEqual(['https://admin.example.com/', 'https://wiki.example.com/start'])
    expect((await office.make(draft)).key).toEqual(first.key)
    expect(await office.key()).toEqual(first.key)
    expect(await office.vault.ids('setup-key')).toHaveLength(1)
    expect(await office.vault.ids('authority-key')).toEqual([])
    expect((await office.activity())[0]).toEqual(['setup-file-made', 'A set-up file with 2 sites was made.'])
  })

  it('has one key, also where two ask for it at once', async () => {
    const office = computer()
    const [made, asked] = await Promise.all([office.make(draft), office.key()])
    expect(asked).toEqual(made.key)
    expect(await office.key()).toEqual(made.key)
  })

  it('is told which address or field is wrong, and nothing is made', async () => {
    const office = computer()
    await expect(office.make({ ...draft, sites: ['http://a.example'] })).rejects.toMatchObject({
      code: 'address-invalid',
    })
    await expect(office.make({ ...draft, sites: [`a.example/${'x'.repeat(600)}`] })).rejects.toMatchObject({
      code: 'invalid-input',
    })
    expect(await office.activity()).toEqual([])
    expect(await office.vault.ids('setup-key')).toEqual([])
  })

  it('needs the vault, and has no key without it', async () => {
    const office = computer()
    await office.make(draft)
    await office.vault.lock()
    await expect(office.make(draft)).rejects.toBeInstanceOf(AppError)
    await expect(office.key()).rejects.toBeInstanceOf(AppError)
  })
})

describe('the holder', () => {
  it('compares the code of an unknown key once; then it is remembered', async () => {
    const { text, key } = await computer().make(draft)
    const here = computer()
    const reviewed = await here.review(bytesOf(text))
    expect(reviewed).toMatchObject({ standing: 'unverified', key, known: [] })
    expect(await here.sites()).toEqual([])
    for (const code of [null, KeyCode.parse('AAAA-BBBB-CCCC-DDDD')])
      await expect(here.use(bytesOf(text), code)).rejects.toMatchObject({ code: 'setup-unverified' })
    expect(await here.sites()).toEqual([])
    expect(await here.vault.ids('compared-keys')).toEqual([])

    await here.use(bytesOf(text), key.code)
    expect((await here.review(bytesOf(text))).standing).toBe('compared')
    expect((await here.sites()).map(formatAddress).sort()).toEqual(
      draft.sites.map((site) => (site.startsWith('https') ? site : `https://${site}/`)),
    )
  })

  it('keeps what was compared where whoever writes to the folder alone can add nothing', async () => {
    const [office, stranger] = [await computer().make(draft), await computer().make(draft)]
    const here = computer()
    const folder = join(here.home, 'vault')
    await here.use(bytesOf(office.text), office.key.code)
    await here.use(bytesOf(stranger.text), stranger.key.code)
    for (const { text } of [office, stranger]) expect((await here.review(bytesOf(text))).standing).toBe('compared')

    writeFileSync(
      join(here.home, 'preferences.json'),
      JSON.stringify({ comparedSetupKeys: [(await computer().key()).sha256] }),
    )
    const elsewhere = await computer().make(draft)
    expect((await here.review(bytesOf(elsewhere.text))).standing).toBe('unverified')

    const [name] = readdirSync(folder).filter((one) => one.startsWith('compared-keys'))
    const path = join(folder, name ?? '')
    const sealed = readFileSync(path)
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1
    writeFileSync(path, sealed)
    expect((await here.review(bytesOf(office.text))).standing).toBe('unverified')
    // Asked for once more, it counts again.
    await here.use(bytesOf(office.text), office.key.code)
    expect((await here.review(bytesOf(office.text))).standing).toBe('compared')
    expect((await here.review(bytesOf(stranger.text))).standing).toBe('unverified')
  })

  it('is asked again while the vault is closed, and then nothing happens until it is open', async () => {
    const { text, key } = await computer().make(draft)
    const here = computer()
    await here.use(bytesOf(text), key.code)
    await here.vault.setPassphrase(null, 'correct horse battery')
    await here.vault.lock()
    expect((await here.review(bytesOf(text))).standing).toBe('unverified')
    const sites = await here.sites()
    const other = await computer().make({ ...draft, sites: ['other.example.com'] })
    await expect(here.use(bytesOf(other.text), other.key.code)).rejects.toMatchObject({ code: 'vault-locked' })
    expect(await here.sites()).toEqual(sites)
    await here.vault.unlock('correct horse battery')
    expect((await here.review(bytesOf(text))).standing).toBe('compared')
  })

  it('gets sites that nothing is set for, and those of its own stay as they are', async () => {
    const { text, key } = await computer().make(draft)
    const here = computer()
    const own = await here.addSite('https://admin.example.com/')
    await here.use(bytesOf(text), key.code)
    const sites = await here.sites()
    expect(sites).toHaveLength(2)
    expect(sites.find(({ id }) => id === own.id)).toEqual(own)
    for (const site of sites)
      expect(site).toMatchObject({ connectTo: null, pinnedKey: null, useProxy: true, identity: null, lastTestAt: null })
    await here.use(bytesOf(text), null)
    expect(await here.sites()).toHaveLength(2)
    expect((await here.activity())[0]).toEqual(['setup-file-used', 'The set-up file of “Acme IT” added 0 sites.'])
  })

  it('reads the link as it reads the file', async () => {
    const { link, key, content } = await computer().make(draft)
    const here = computer()
    expect(await here.review(bytesOf(link ?? ''))).toMatchObject({ content, key, standing: 'unverified' })
    await here.use(bytesOf(link ?? ''), key.code)
    expect(await here.sites()).toHaveLength(2)
  })

  it('is not asked where the policy pins the key, and cannot use what another one signed', async () => {
    const office = computer()
    const { text, key } = await office.make(draft)
    const other = await computer().make(draft)
    const here = computer(async () => key.sha256)
    expect((await here.review(bytesOf(text))).standing).toBe('policy')
    await here.use(bytesOf(text), null)
    expect(await here.sites()).toHaveLength(2)
    await expect(here.review(bytesOf(other.text))).rejects.toMatchObject({ code: 'setup-other-key' })
    await expect(here.use(bytesOf(other.text), other.key.code)).rejects.toMatchObject({ code: 'setup-other-key' })
    expect(await here.vault.ids('compared-keys')).toEqual([])
  })

  it('cannot use a file of the pinned key, or of a compared one, whose bytes were changed', async () => {
    const { text, key } = await computer().make(draft)
    const changed = bytesOf(text.replace('admin.example.com', 'admin.example.net'))
    const pinned = computer(async () => key.sha256)
    const compared = computer()
    await compared.use(bytesOf(text), key.code)
    for (const here of [pinned, compared]) {
      await expect(here.review(changed)).rejects.toMatchObject({ code: 'setup-damaged' })
      await expect(here.use(changed, key.code)).rejects.toMatchObject({ code: 'setup-damaged' })
    }
    expect(await pinned.sites()).toEqual([])
  })

  it('cannot use a key that was compared earlier where the policy pins another one, or set-up files are off', async () => {
    const { text, key } = await computer().make(draft)
    let pinned: Sha256 | null = null
    let isOff = false
    const here = computer(async () => {
      if (isOff) throw new AppError('invalid-input', 'off')
      return pinned
    })
    await here.use(bytesOf(text), key.code)
    pinned = Sha256.parse('ab'.repeat(32))
    await expect(here.use(bytesOf(text), key.code)).rejects.toMatchObject({ code: 'setup-other-key' })
    isOff = true
    await expect(here.review(bytesOf(text))).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
