import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readTypedSerial } from '#electron/pki/serial-number'

const refused = (typed: string) => {
  try {
    return readTypedSerial(typed)
  } catch (error) {
    return error
  }
}

describe('a serial number that somebody types', () => {
  it.each([
    ['1A:2B:3C', '1A:2B:3C'],
    ['1a2b3c', '1A:2B:3C'],
    ['1a 2b 3c', '1A:2B:3C'],
    ['0x1A2B3C', '1A:2B:3C'],
    ['serial=1A2B3C', '1A:2B:3C'],
    ['  00:00:05\n', '05'],
    ['5', '05'],
    ['1234', '12:34'],
    ['decimal:1234', '04:D2'],
    ['decimal: 255', 'FF'],
    ['0x12345678901234567890', '12:34:56:78:90:12:34:56:78:90'],
    ['12:34:56:78:90:12:34:56:78:90', '12:34:56:78:90:12:34:56:78:90'],
    [`00${'FF'.repeat(20)}`, Array.from({ length: 20 }, () => 'FF').join(':')],
    [`decimal:${2n ** 160n - 1n}`, Array.from({ length: 20 }, () => 'FF').join(':')],
  ])('%j is %s', (typed, serial) => {
    expect(readTypedSerial(typed)).toBe(serial)
  })

  it.each([
    ['', 'written in hex'],
    ['0', 'greater than zero'],
    ['00:00', 'greater than zero'],
    ['0x', 'written in hex'],
    ['decimal:0', 'greater than zero'],
    ['-1A', 'greater than zero'],
    ['decimal:-5', 'written in hex'],
    ['decimal:1A', 'written in hex'],
    ['decimal:', 'written in hex'],
    ['1A2G', 'written in hex'],
    ['client.pem', 'written in hex'],
    ['１２', 'written in hex'],
    [`A1${'00'.repeat(20)}`, 'at most 20 octets'],
    [`decimal:${2n ** 160n}`, 'at most 20 octets'],
    ['12345678901234567890', 'write 0x12345678901234567890 or decimal:12345678901234567890'],
  ])('%j is refused: %s', (typed, reason) => {
    expect(refused(typed)).toMatchObject({ code: 'invalid-input', detail: expect.stringContaining(reason) })
  })

  it('is the same number however it is written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 160n - 1n }), (number) => {
        const hex = number.toString(16)
        const serial = readTypedSerial(`0x${hex}`)
        expect(BigInt(`0x${serial.replaceAll(':', '')}`)).toBe(number)
        expect(readTypedSerial(`decimal:${number}`)).toBe(serial)
        expect(readTypedSerial(`0x${serial.toLowerCase()}`)).toBe(serial)
      }),
    )
  })
})
