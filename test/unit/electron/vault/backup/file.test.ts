import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { systemRandom } from '#electron/platform/random'
import { type FilePieces, openBackup, sealBackup } from '#electron/vault/backup/file'
import type { BackupRecord } from '#electron/vault/backup/records'
import { isAppError } from '#shared/errors'
import { isSoak } from '../../../../support/rounds'
import { cheapJobs } from '../../../../support/vault'

const passphrase = 'correct horse'
/** Each takes a second or two of both cores. */
const realChanges = isSoak ? 50 : 4
const cheap = { jobs: cheapJobs, random: systemRandom }

const record = (section: string, fields: unknown, bytes: Record<string, Uint8Array> = {}): BackupRecord => ({
  section,
  fields,
  bytes,
})

async function* streamOf(records: BackupRecord[]): AsyncGenerator<BackupRecord> {
  for (const one of records) yield { ...one, bytes: copyOf(one.bytes) }
}

const copyOf = (bytes: Record<string, Uint8Array>) =>
  Object.fromEntries(Object.entries(bytes).map(([name, content]) => [name, Uint8Array.from(content)]))

async function sealed(records: BackupRecord[], ports = cheap): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of sealBackup(streamOf(records), passphrase, ports)) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** In pieces of a size that fits nothing. */
const pieces = (file: Uint8Array, size = 1000): FilePieces =>
  async function* () {
    for (let start = 0; start < file.length; start += size) yield Uint8Array.from(file.subarray(start, start + size))
  }

async function opened(file: Uint8Array, { word = passphrase, jobs = cheapJobs, size = 1000 } = {}) {
  const backup = await openBackup(pieces(file, size), word, jobs)
  const records: BackupRecord[] = []
  for await (const one of backup.records()) records.push(one)
  backup.close()
  return records
}

/** Large bytes are compared by their digests, which is far quicker than octet by octet. */
const digests = (records: BackupRecord[]) =>
  records.map(({ section, fields, bytes }) => ({
    section,
    fields,
    bytes: Object.entries(bytes).map(([name, content]) => [name, createHash('sha256').update(content).digest('hex')]),
  }))

/** The code of what it fails with; null where it is read. */
async function failureOf(file: Uint8Array, jobs = cheapJobs): Promise<string | null> {
  try {
    await opened(file, { jobs })
    return null
  } catch (error) {
    if (!isAppError(error)) throw error
    return error.code
  }
}

const small = [
  record('backup', { madeAt: '2026-11-27T08:00:00.000Z' }),
  record('identities', { name: 'Ada' }, { key: Buffer.from('secret'), certificate: Buffer.from('public') }),
]

describe('a backup file', () => {
  it('gives back what went in, whatever the sizes of its parts', async () => {
    for (const length of [0, 1, 262_000, 262_144, 700_000]) {
      const records = [...small, record('reports', { ä: ['…'] }, { body: randomBytes(length) })]
      const file = await sealed(records)
      for (const size of [97, 65_536, 1_000_000])
        expect(digests(await opened(file, { size }))).toEqual(digests(records))
    }
  })

  it('may be empty', async () => {
    expect(await opened(await sealed([]))).toEqual([])
  })

  it('shows nothing of what is in it, and is another one each time', async () => {
    const [one, other] = [await sealed(small), await sealed(small)]
    expect(one.includes('secret') || one.includes('Ada')).toBe(false)
    expect(one.equals(other)).toBe(false)
  })

  it('wipes what it has written', async () => {
    const key = Buffer.from('secret')
    const source = (async function* () {
      yield record('identities', {}, { key })
    })()
    for await (const _piece of sealBackup(source, passphrase, cheap));
    expect(key.every((octet) => octet === 0)).toBe(true)
  })

  it('wants a passphrase that is not too easy, and then that one', async () => {
    const weak = sealBackup(streamOf(small), 'short', cheap)
    await expect(weak.next()).rejects.toMatchObject({ code: 'passphrase-weak' })
    const file = await sealed(small)
    await expect(opened(file, { word: 'Correct horse' })).rejects.toMatchObject({ code: 'backup-passphrase-wrong' })
  })

  it('takes a passphrase that another keyboard spells otherwise', async () => {
    const file: Buffer[] = []
    for await (const piece of sealBackup(streamOf(small), 'Zürich Zürich'.normalize('NFD'), cheap)) file.push(piece)
    expect(await opened(Buffer.concat(file), { word: 'Zürich Zürich'.normalize('NFC') })).toEqual(small)
  })
})

describe('damage', () => {
  /** The same key whatever the header says, so that nothing but the file itself can notice a change. */
  const oneKey = { ...cheapJobs, run: async () => ({ key: Buffer.alloc(32, 7) }) } as unknown as typeof cheapJobs

  it('is noticed in every single octet, also where the key stays the same', async () => {
    const file = await sealed(small, { jobs: oneKey, random: systemRandom })
    expect(await failureOf(file, oneKey)).toBeNull()
    const unnoticed: number[] = []
    for (let place = 0; place < file.length; place += 1)
      for (const change of [0x01, 0x80, 0x20]) {
        const changed = Buffer.from(file)
        changed[place] = (changed[place] ?? 0) ^ change
        if ((await failureOf(changed, oneKey)) === null) unnoticed.push(place)
      }
    expect(unnoticed).toEqual([])
  })

  it(`is noticed at ${realChanges} places with the real key derivation`, async () => {
    const jobs = inlineJobs()
    const file = await sealed(small, { jobs, random: systemRandom })
    expect(await failureOf(file, jobs)).toBeNull()
    const codes = new Set<string | null>()
    for (let count = 0; count < realChanges; count += 1) {
      const changed = Buffer.from(file)
      const place = Math.floor((count * file.length) / realChanges)
      changed[place] = (changed[place] ?? 0) ^ 0x01
      codes.add(await failureOf(changed, jobs))
    }
    expect([...codes].sort()).toEqual(expect.arrayContaining(['backup-damaged']))
    expect(codes.has(null)).toBe(false)
  })

  it('is noticed wherever the file ends too soon, or goes on', async () => {
    const file = await sealed(small, { jobs: oneKey, random: systemRandom })
    for (let length = 0; length < file.length; length += 1)
      expect(await failureOf(file.subarray(0, length), oneKey), String(length)).not.toBeNull()
    expect(await failureOf(Buffer.concat([file, Buffer.alloc(1)]), oneKey)).toBe('backup-damaged')
  })

  it('is noticed where parts are missing, repeated or exchanged', async () => {
    const file = await sealed([record('reports', {}, { body: randomBytes(1_200_000) })], {
      jobs: oneKey,
      random: systemRandom,
    })
    const part = 256 * 1024 + 16
    const start = file.length - 1_200_000 < 0 ? 0 : file.indexOf(file.subarray(0, 4)) + headLength(file) + 16
    const parts = Array.from({ length: Math.ceil((file.length - start) / part) }, (_, index) =>
      file.subarray(start + index * part, start + (index + 1) * part),
    )
    const [one, two, three, ...rest] = parts
    if (one === undefined || two === undefined || three === undefined) throw new Error('too few parts')
    const head = file.subarray(0, start)
    expect(await failureOf(Buffer.concat([head, one, two, three, ...rest]), oneKey)).toBeNull()
    for (const others of [
      [two, one, three, ...rest],
      [one, one, two, three, ...rest],
      [one, three, ...rest],
      [one, two, three],
    ])
      expect(await failureOf(Buffer.concat([head, ...others]), oneKey)).toBe('backup-damaged')
  })

  const headLength = (file: Buffer) => 6 + file.readUInt16BE(4) + 32

  it('is told from another program’s file, and from one of a later version', async () => {
    const file = await sealed(small)
    expect(await failureOf(Buffer.from('-----BEGIN CERTIFICATE-----\n'))).toBe('backup-foreign')
    expect(await failureOf(Buffer.alloc(0))).toBe('backup-foreign')
    const later = Buffer.from(file)
    later.write('LKB2')
    expect(await failureOf(later)).toBe('backup-too-new')
  })
})

describe('a hostile header', () => {
  const parameters: Record<string, unknown>[] = [
    { cost: 2 ** 10 },
    { cost: 2 ** 30 },
    { cost: 131_073 },
    { blockSize: 4096 },
    { parallel: 100_000 },
    { salt: 'zz' },
    { kdf: 'none' },
  ]

  it.for(parameters)('with %o is refused before anything is derived', async (changed) => {
    const derivation = { kdf: 'scrypt', cost: 2 ** 17, blockSize: 8, parallel: 1, salt: '00'.repeat(16), ...changed }
    const text = Buffer.from(JSON.stringify({ version: 1, derivation, nonce: '00'.repeat(7) }))
    const length = Buffer.alloc(2)
    length.writeUInt16BE(text.length)
    const head = Buffer.concat([Buffer.from('LKB1'), length, text])
    const file = Buffer.concat([head, createHash('sha256').update(head).digest(), Buffer.alloc(200)])
    const jobs = { ...cheapJobs, run: () => Promise.reject(new Error('derived')) } as unknown as typeof cheapJobs
    expect(await failureOf(file, jobs)).toBe('backup-damaged')
  })
})
