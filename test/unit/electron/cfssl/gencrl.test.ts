import { X509Certificate } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSerials } from '#electron/cfssl/serials'
import { inlineJobs } from '#electron/jobs/inline'
import { readCrl } from '#electron/pki/crl/read'
import { createCfssl } from '#electron/services/cfssl'
import { openWorkshop, type Workshop } from '../../../support/openssl'

describe('serials.txt', () => {
  it.each([
    ['0x1f', null, '1F'],
    ['1f:a0', null, '1F:A0'],
    ['deadbeef', 'decimal', 'DE:AD:BE:EF'],
    ['9', null, '09'],
    ['05', null, '05'],
    ['10', 'hex', '10'],
    ['10', 'decimal', '0A'],
    ['255', 'decimal', 'FF'],
  ] as const)('%s read as %s is %s', (line, spelling, serial) => {
    expect(readSerials(`# revoked\n ${line}\r\n\n`, spelling).serials).toEqual([serial])
  })

  it('of digits alone is ambiguous until somebody says which it is', () => {
    expect(() => readSerials('1234', null)).toThrow(/hex or decimal/u)
    expect(() => readSerials('x1', 'hex')).toThrow(/is not a serial number/u)
  })

  it('in hex comes with a word about cfssl', () => {
    expect(readSerials('0xff', null).warnings).toMatchObject([{ code: 'serial-spelling' }])
    expect(readSerials('255', 'decimal').warnings).toEqual([])
  })
})

describe('gencrl', () => {
  let workshop: Workshop
  beforeAll(async () => {
    workshop = await openWorkshop()
    const request = { CN: 'CRL test', key: { algo: 'ecdsa', size: 256 } }
    await workshop.write('ca-csr.json', JSON.stringify(request))
    const made = JSON.parse(await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json'])) as Record<
      string,
      string
    >
    await workshop.write('ca.pem', made['cert'] ?? '')
    await workshop.write('ca-key.pem', made['key'] ?? '')
  })
  afterAll(() => workshop.remove())

  const file = async (name: string) => ({ name, bytes: await workshop.read(name) })

  /** The serial number of a certificate as everybody shows it: in hex. */
  async function ownSerial(): Promise<string> {
    return new X509Certificate(await workshop.read('ca.pem')).serialNumber.toUpperCase()
  }

  async function revoke(serials: string) {
    const cfssl = createCfssl({ jobs: inlineJobs(), clock: { now: () => new Date() } })
    const issuer = { certificate: await file('ca.pem'), key: await file('ca-key.pem'), password: null }
    const list = { name: 'serials.txt', bytes: Buffer.from(serials) }
    return cfssl.gencrl(list, issuer, { spelling: null, days: 7 })
  }

  it('revokes the serial number that was meant (cfssl 979); openssl reads the list and its signature', async () => {
    const { der } = await revoke(`0x${await ownSerial()}`)
    await workshop.write('ours.crl', der)
    const text = await workshop.openssl('crl', '-inform', 'DER', '-in', 'ours.crl', '-noout', '-text')
    expect(text).toContain(`Serial Number: ${await ownSerial()}`)
    const verify = ['crl', '-inform', 'DER', '-in', 'ours.crl', '-noout', '-verify', '-CAfile', 'ca.pem']
    await workshop.run('sh', ['-c', 'openssl "$@" 2>&1 | grep "verify OK"', 'sh', ...verify])
  })

  it('reads the list that cfssl writes, which revokes another number when given hex', async () => {
    // Digits only, so that cfssl takes it for decimal: the trap of the walkthrough.
    await workshop.write('serials.txt', '1234567890\n')
    const base64 = await workshop.run('cfssl', ['gencrl', 'serials.txt', 'ca.pem', 'ca-key.pem'])
    const crl = readCrl(Buffer.from(base64, 'base64'))
    expect(crl.find(Buffer.from('1234567890', 'hex'))).toBeNull()
    expect(crl.find(Buffer.from((1234567890).toString(16), 'hex'))).not.toBeNull()
  })
})
