import { beforeAll, describe, expect, it } from 'vitest'
import { systemRandom } from '#electron/platform/random'
import { lockSecret, unlockSecret } from '#electron/vault/locked'
import { isAppError } from '#shared/errors'
import { cheapJobs } from '../../../support/vault'

const tools = { jobs: cheapJobs, random: systemRandom }
const secret = Buffer.from('the signing key of a CA')
const passphrase = 'correct horse battery staple'
const label = 'authority-key:5f0c3e1a'
let locked: Buffer
beforeAll(async () => {
  locked = await lockSecret(secret, label, passphrase, tools)
})

const unlock = (bytes: Uint8Array, word = passphrase, of = label) => unlockSecret(bytes, of, word, cheapJobs)

const costly = { cost: 2 ** 20, blockSize: 8, parallel: 16 }

/** The same bytes behind another header. */
function withHeader(change: (header: { derivation: object }) => object): Buffer {
  const length = locked.readUInt16BE(4)
  const text = JSON.stringify(change(JSON.parse(locked.subarray(6, 6 + length).toString())))
  const size = Buffer.alloc(2)
  size.writeUInt16BE(Buffer.byteLength(text))
  return Buffer.concat([locked.subarray(0, 4), size, Buffer.from(text), locked.subarray(6 + length)])
}

describe('a secret behind a passphrase of its own', () => {
  it('opens with it and is nowhere to be seen without', async () => {
    expect(await unlock(locked)).toEqual(secret)
    expect(locked.includes(secret)).toBe(false)
    expect(locked.includes(Buffer.from(passphrase))).toBe(false)
  })

  it('opens however the passphrase was composed', async () => {
    const composed = await lockSecret(secret, label, 'Zürich-Zürich', tools)
    expect(await unlock(composed, 'Zürich-Zürich'.normalize('NFD'))).toEqual(secret)
  })

  it('does not open with another, nor as another', async () => {
    await expect(unlock(locked, 'correct horse')).rejects.toMatchObject({ code: 'passphrase-wrong' })
    await expect(unlock(locked, passphrase, 'authority-key:other')).rejects.toMatchObject({ code: 'passphrase-wrong' })
  })

  it('wants a passphrase of some length', async () => {
    await expect(lockSecret(secret, label, 'short', tools)).rejects.toMatchObject({ code: 'passphrase-weak' })
  })

  it('never looks the same twice', async () => {
    expect(await lockSecret(secret, label, passphrase, tools)).not.toEqual(locked)
  })

  it('opens in no altered form', async () => {
    for (let place = 0; place < locked.length; place += 1) {
      const altered = Buffer.from(locked)
      altered[place] = (altered[place] ?? 0) ^ (1 << (place % 8))
      // Two octets are versions: with these bits they name some that may exist one day.
      const expected = [3, locked.indexOf('1,"nonce"')].includes(place) ? isTooNew : refused
      await expect(unlock(altered), `octet ${place}`).rejects.toSatisfy(expected)
    }
  })

  it('opens in no shortened or lengthened form', async () => {
    for (let length = 0; length < locked.length; length += 1)
      await expect(unlock(locked.subarray(0, length)), `${length} octets`).rejects.toSatisfy(refused)
    await expect(unlock(Buffer.concat([locked, Buffer.of(0)]))).rejects.toSatisfy(refused)
  })

  it('cannot ask for absurd work or for none', async () => {
    const text = locked.toString('latin1')
    for (const cost of [1, 2 ** 16, 2 ** 30]) {
      const changed = Buffer.from(text.replace('"cost":131072', `"cost":${String(cost).padStart(6)}`), 'latin1')
      await expect(unlock(changed)).rejects.toMatchObject({ code: 'vault-damaged' })
    }
    // Each of them may be asked for alone.
    const together = withHeader((header) => ({ ...header, derivation: { ...header.derivation, ...costly } }))
    const refusal = { code: 'vault-damaged', detail: expect.stringContaining('more computing') }
    await expect(unlock(together)).rejects.toMatchObject(refusal)
  })

  it('of a newer version says so', async () => {
    const newer = withHeader((header) => ({ ...header, version: 2, curve: 'something new' }))
    await expect(unlock(newer)).rejects.toMatchObject({ code: 'vault-too-new' })
    const other = Buffer.concat([Buffer.from('LKP2'), locked.subarray(4)])
    await expect(unlock(other)).rejects.toMatchObject({ code: 'vault-too-new' })
  })
})

const isTooNew = (error: unknown) => isAppError(error, 'vault-too-new')
const refused = (error: unknown) => isAppError(error, 'passphrase-wrong') || isAppError(error, 'vault-damaged')
