import { describe, expect, it } from 'vitest'
import { type Budget, createBudget, MAX_PARTS, MAX_ROUNDS } from '#electron/pki/containers/budget'
import { openFile } from '#electron/pki/containers/open'
import { encodePem } from '#electron/pki/containers/pem'
import { readPkcs12 } from '#electron/pki/containers/pkcs12-read'
import { decryptKey } from '#electron/pki/containers/private-keys'
import { encode, integer, nothing, octetString, oid, readOid, readOnly, sequence } from '#electron/pki/der'
import { readBigInteger } from '#electron/pki/der-values'
import { encrypted, pbkdf2Key, saltAndRounds, scryptKey } from '../../../../support/encrypted-keys'
import { isSoak } from '../../../../support/rounds'

const open = (bytes: Uint8Array, password: string | null = 'x') => openFile({ name: 'x', bytes, password })

const shrouded = (key: Uint8Array) => sequence(oid('1.2.840.113549.1.12.10.1.2'), encode(0xa0, key))
const plainData = (content: Uint8Array) => sequence(oid('1.2.840.113549.1.7.1'), encode(0xa0, octetString(content)))

/** A PKCS#12 file of these bags, without a MAC unless one is given. */
const pkcs12 = (bags: Uint8Array[], mac: Uint8Array = new Uint8Array()) =>
  sequence(integer(3), plainData(sequence(plainData(sequence(...bags)))), mac)

const threeDes = (rounds: number) =>
  encrypted(sequence(oid('1.2.840.113549.1.12.1.3'), saltAndRounds(rounds)), Buffer.alloc(64))

/** Enough for every part that these tests make, unless they say otherwise. */
const budgetOf = (rounds: number): Budget => ({ rounds, parts: MAX_PARTS })

describe('the rounds of a file', () => {
  it('are summed over its bags', () => {
    // 3DES takes two blocks of SHA-1 for its key and one for its IV; a password has one spelling.
    const budget = budgetOf(10 * 3 * 100 + 50)
    const bags = readPkcs12(pkcs12(Array.from({ length: 50 }, () => shrouded(threeDes(100)))), 'x', budget)
    expect(budget.rounds).toBe(50)
    expect(bags.failures.map(({ error }) => error.code)).toEqual([
      ...Array.from({ length: 10 }, () => 'wrong-password'),
      ...Array.from({ length: 40 }, () => 'too-many-iterations'),
    ])
  })

  it('are summed over the spellings of the password', () => {
    // “ä” is tried as it is and as OpenSSL before 1.1 widened it.
    const budget = budgetOf(1000)
    readPkcs12(pkcs12([shrouded(threeDes(100))]), 'ä', budget)
    expect(budget.rounds).toBe(1000 - 2 * 3 * 100)
  })

  it('are summed over its MAC and its bags', () => {
    const digest = sequence(sequence(oid('1.3.14.3.2.26'), nothing), octetString(Buffer.alloc(20)))
    const file = pkcs12([], sequence(digest, octetString(Buffer.alloc(8)), integer(300)))
    const budget = budgetOf(1000)
    expect(() => readPkcs12(file, 'ä', budget)).toThrow(expect.objectContaining({ code: 'wrong-password' }))
    expect(budget.rounds).toBe(1000 - 2 * 300)
  })

  it('count every block of the derived key', () => {
    const budget = budgetOf(10_000)
    // AES-256’s key is one block of SHA-256 and two of SHA-1.
    const key = (prf: string) => pbkdf2Key(integer(1000), prf)
    const attempt = (der: Uint8Array) => () => decryptKey(der, { passwords: ['x'], use: 'key', budget })
    expect(attempt(key('1.2.840.113549.2.9'))).toThrow()
    expect(budget.rounds).toBe(9000)
    expect(attempt(key('1.2.840.113549.2.7'))).toThrow()
    expect(budget.rounds).toBe(7000)
  })

  it('count the blocks that scrypt mixes', () => {
    const budget = budgetOf(100_000)
    expect(() => decryptKey(scryptKey(1024, 8, 2), { passwords: ['x'], use: 'key', budget })).toThrow()
    expect(budget.rounds).toBe(100_000 - 1024 * 8 * 2)
  })

  it('that could not be computed ask for no password', () => {
    const options = { passwords: null, use: 'key', budget: budgetOf(999) } as const
    expect(() => decryptKey(pbkdf2Key(integer(1000)), options)).toThrow(
      expect.objectContaining({ code: 'too-many-iterations' }),
    )
  })

  it('of one file leave the next one’s alone', async () => {
    const key = pbkdf2Key(integer(1000))
    for (let file = 0; file < 3; file += 1) await expect(open(key)).rejects.toMatchObject({ code: 'wrong-password' })
    expect(createBudget()).toEqual({ rounds: MAX_ROUNDS, parts: MAX_PARTS })
  })

  const justBelowTheLimit = () =>
    pkcs12(Array.from({ length: 50 }, () => shrouded(pbkdf2Key(integer(9_999_999), '1.2.840.113549.2.13'))))

  // Two of them are computed, which takes ten seconds and more.
  it.runIf(isSoak)('of 50 bags just below the limit of each end in asking for the password', async () => {
    await expect(open(justBelowTheLimit(), null)).rejects.toMatchObject({ code: 'password-needed' })
  })

  it('of 50 bags just below the limit of each end with words', () => {
    const budget = budgetOf(9_999_998)
    const { failures } = readPkcs12(justBelowTheLimit(), 'x', budget)
    expect(new Set(failures.map(({ error }) => error.code))).toEqual(new Set(['too-many-iterations']))
    expect(budget.rounds).toBe(9_999_998)
  })
})

describe('the memory of scrypt', () => {
  it.each([
    ['many blocks', 2 ** 20, 8, 1],
    ['long blocks', 2, 2 ** 24, 1],
    ['many in parallel', 2, 1, 2 ** 24],
    ['more in parallel than a number holds', 2, 1, 2 ** 40],
  ])('of %s is refused with words', async (_, cost, blockSize, parallel) => {
    for (const given of ['x', null])
      await expect(open(scryptKey(cost, blockSize, parallel), given)).rejects.toMatchObject({
        code: 'too-many-iterations',
        detail: `scrypt ${cost}, ${blockSize}, ${parallel}`,
      })
  })
})

describe('the parts of a file', () => {
  const block = encodePem('PUBLIC KEY', Buffer.from('3000', 'hex'))

  it('are at most 1,000 blocks', async () => {
    await expect(open(Buffer.from(block.repeat(MAX_PARTS + 1)))).rejects.toMatchObject({
      code: 'too-large',
      detail: expect.stringContaining('1,000'),
    })
    await expect(open(Buffer.from(block.repeat(MAX_PARTS)))).rejects.toMatchObject({ code: 'malformed' })
  })

  it('are bags, too, and what holds them', () => {
    const secret = sequence(oid('1.2.840.113549.1.12.10.1.5'), encode(0xa0, nothing))
    const bags = (count: number) => readPkcs12(pkcs12(Array.from({ length: count }, () => secret)), 'x', createBudget())
    expect(bags(MAX_PARTS - 1).passedOver).toHaveLength(MAX_PARTS - 1)
    expect(bags(MAX_PARTS)).toMatchObject({ passedOver: [], failures: [{ error: { code: 'too-large' } }] })
    const contents = sequence(Buffer.alloc(2 * MAX_PARTS + 2, Buffer.from('3000', 'hex')))
    const hollow = sequence(integer(3), plainData(contents))
    expect(() => readPkcs12(hollow, 'x', createBudget())).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('are the members of a PKCS#7 message', async () => {
    const members = (count: number) => encode(0xa0, Buffer.alloc(2 * count, Buffer.from('3000', 'hex')))
    const message = (count: number) =>
      sequence(
        oid('1.2.840.113549.1.7.2'),
        encode(0xa0, sequence(integer(1), encode(0x31), sequence(oid('1.2.840.113549.1.7.1')), members(count))),
      )
    await expect(open(message(MAX_PARTS))).rejects.toMatchObject({ code: 'malformed' })
    await expect(open(message(MAX_PARTS + 1))).rejects.toMatchObject({ code: 'too-large' })
  })
})

describe('numbers and identifiers', () => {
  it('that are longer than any in use are malformed', () => {
    const malformed = expect.objectContaining({ code: 'malformed' })
    expect(readBigInteger(readOnly(integer(Buffer.alloc(4096, 1)))) > 0n).toBe(true)
    expect(() => readBigInteger(readOnly(integer(Buffer.alloc(4097, 1))))).toThrow(malformed)
    expect(readOid(readOnly(encode(6, Buffer.alloc(256, 1)))).split('.')).toHaveLength(257)
    expect(() => readOid(readOnly(encode(6, Buffer.alloc(257, 1))))).toThrow(malformed)
  })
})
