import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readEnvironment } from '#electron/platform/environment'
import { silentLog } from '#electron/platform/log'
import { createProgramSearch } from '#electron/platform/programs'
import { createRun } from '#electron/platform/run'
import { createStores } from '#electron/stores/index'
import type { CertificateStore } from '#electron/stores/store'
import { Undo, type UndoStep } from '#shared/model/undo'
import { noting } from '../support/noting'
import { makeStoreFixtures, type StoreFixtures } from '../support/store-fixtures'

const call = promisify(execFile)

/** What a database row says is to be taken back, on a real NSS database: whoever wrote the row, it vouches for no server. */
describe.runIf(process.platform === 'linux')('what a row has NSS take back', () => {
  let fixtures: StoreFixtures
  let home: string
  let store: CertificateStore
  beforeAll(async () => {
    fixtures = await makeStoreFixtures()
  })
  afterAll(() => fixtures.remove())
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'latchkey-nss-'))
    store = newStore()
    await install('ada')
  })
  afterEach(() => rm(home, { recursive: true, force: true }))

  /** As the next process has it. */
  function newStore(): CertificateStore {
    const options = {
      run: createRun(silentLog),
      hasProgram: createProgramSearch(),
      log: silentLog,
      home,
      environment: readEnvironment({}),
      chromiumMajor: 150,
    }
    const [found] = createStores({ ...options, temporaryPrefix: 'latchkey-store-test' })
    if (found === undefined) throw new Error('no store')
    return found
  }

  const database = () => ['-d', `sql:${join(home, '.local', 'share', 'pki', 'nssdb')}`]
  const install = (name: 'ada' | 'adaRenewed' | 'grace') =>
    store.install(fixtures[name].p12, fixtures[name].password, fixtures[name].options)

  async function add(nickname: string, flags: string, pem: string): Promise<void> {
    const file = join(home, 'added.pem')
    await writeFile(file, pem)
    await call('certutil', ['-A', ...database(), '-n', nickname, '-t', flags, '-i', file])
  }
  const addRoot = (flags: string) => add('Company root', flags, fixtures.root.toString())

  async function flagsOf(nickname: string): Promise<string[]> {
    const { stdout } = await call('certutil', ['-L', ...database()])
    const rows = stdout.split('\n').filter((line) => line.startsWith(nickname))
    return rows.map((line) => line.trim().split(/\s+/u).at(-1) ?? '')
  }

  const digest = (der: Buffer) => der.toString('base64')
  const root = () => ({ sha256: sha256Of(fixtures.root.fingerprint256), label: 'Company root' })
  const sha256Of = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase()
  /** From JSON, as it comes out of a database. */
  const undo = (...steps: UndoStep[]) => store.undo(Undo.parse(JSON.parse(JSON.stringify({ store: store.id, steps }))))

  const hostile = ['CT,C,C', 'C,,', ',C,', ',,C', 'P,P,P', 'pPcCTuw,pPcCTuw,pPcCTuw']

  it.each(hostile)('leaves a root untrusted that a row would restore as %s', async (flags) => {
    await addRoot(',,')
    await undo({ kind: 'restore-trust', ...root(), flags })
    expect(await flagsOf('Company root')).toEqual([',,'])
  })

  it.each(hostile)('brings a certificate back without trust for servers where a row says %s', async (flags) => {
    await undo({ kind: 'restore-certificate', ...root(), flags, base64: digest(fixtures.root.raw) })
    const [restored = 'not there'] = await flagsOf('Company root')
    expect(restored).toMatch(/^[^CP]*,[^CP]*,[^CP]*$/u)
  })

  it('keeps the trust that somebody else gave, and takes away only its own', async () => {
    await addRoot('CT,C,')
    await undo({ kind: 'restore-trust', ...root(), flags: ',,' })
    expect(await flagsOf('Company root')).toEqual(['C,C,'])
  })

  it('keeps a distrust that a bystander had', async () => {
    await undo({ kind: 'restore-certificate', ...root(), flags: 'p,p,p', base64: digest(fixtures.root.raw) })
    expect(await flagsOf('Company root')).toEqual(['p,p,p'])
  })

  it('says which trust did not come back, and the command that gives it', async () => {
    const label = "Ada's root"
    const left = await undo({
      kind: 'restore-certificate',
      ...root(),
      label,
      flags: 'CT,,',
      base64: digest(fixtures.root.raw),
    })
    expect(left).toEqual([
      { label, command: `certutil -M -d "sql:$HOME/.local/share/pki/nssdb" -n 'Ada'\\''s root' -t 'CT,,'` },
    ])
    const command = left[0]?.command ?? ''
    await call('sh', ['-c', command], { env: { ...process.env, HOME: home } })
    expect(await flagsOf(label)).toEqual(['CT,,'])
  })

  it('gives a bystander back exactly what this very process saw it have, and the next process without it', async () => {
    await call('certutil', ['-M', ...database(), '-n', 'Ada Lovelace · Latchkey', '-t', 'C,,'])
    await install('adaRenewed')
    const lost: UndoStep[] = []
    await store.removeCertificate(fixtures.adaRenewed.options.certificate, async (step) => void lost.push(step))
    expect(await flagsOf('Ada Lovelace')).toEqual(['Cu,u,u'])
    expect(lost).toMatchObject([{ kind: 'restore-certificate', sha256: fixtures.ada.sha256, flags: 'Cu,u,u' }])

    const loseAndUndo = async () => {
      await call('certutil', ['-D', ...database(), '-n', 'Ada Lovelace · Latchkey'])
      expect(await flagsOf('Ada Lovelace')).toEqual([])
      return await undo(...lost)
    }
    expect(await loseAndUndo()).toEqual([])
    expect(await flagsOf('Ada Lovelace')).toEqual(['Cu,u,u'])
    store = newStore()
    expect(await loseAndUndo()).toMatchObject([{ command: expect.stringContaining("-t 'C,,'") }])
    expect(await flagsOf('Ada Lovelace')).toEqual(['u,u,u'])
  })

  it('leaves a certificate alone that was never added as an issuer', async () => {
    await install('grace')
    await addRoot('C,,')
    const remove = (sha256: string): UndoStep => ({
      kind: 'remove-certificate',
      sha256,
      label: 'x',
      identity: fixtures.ada.sha256,
    })
    await undo(remove(fixtures.grace.sha256), remove(root().sha256))
    expect(await store.find(fixtures.grace.sha256)).toMatchObject({ keyPresent: true })
    expect(await flagsOf('Company root')).toEqual(['C,,'])
  })

  it('takes out the issuers that an install added, with the trust that it gave', async () => {
    const { undo: added } = await noting(store, (note) => store.setTrust(fixtures.ada.options, 'authority', note))
    expect(await flagsOf('Store Test Root')).toEqual(['T,,'])
    store = newStore()
    expect(await undo(...added.steps)).toEqual([])
    expect(await flagsOf('Store Test')).toEqual([])
  })
})
