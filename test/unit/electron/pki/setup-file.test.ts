import { createHash, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { generateSetupKey, readSetupFile, setupKeyOf, setupLink, writeSetupFile } from '#electron/pki/setup-file'
import { isAppError } from '#shared/errors'
import { isSetupFile, MAX_SETUP_BYTES, MAX_SETUP_LINK } from '#shared/logic/setup-file'
import { SetupContent } from '#shared/model/setup-file'
import { isPartOfToday } from '../../../support/rounds'
import { signedSetupText } from '../../../support/setup-files'

const content = SetupContent.parse({
  from: 'Acme IT',
  madeAt: '2026-11-27T09:00:00.000Z',
  sites: ['https://admin.example.com/', 'https://wiki.example.com:8443/start?lang=en'],
  commonName: '{name}',
  keyType: 'p-256',
  contact: 'it@example.com',
  issuers: ['ab'.repeat(32)],
})

let key: Uint8Array
let file: Uint8Array
beforeAll(async () => {
  key = await generateSetupKey()
  file = writeSetupFile(content, key)
})

function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    if (isAppError(error)) return error.code
    throw error
  }
  return 'taken'
}

const read = (given: Uint8Array | string) => codeOf(() => readSetupFile(Buffer.from(given)))

const signedValue = (value: unknown) => signedSetupText(`${JSON.stringify(value)}\n`)

describe('a set-up file', () => {
  it('says what was signed, and by which key', () => {
    expect(readSetupFile(file)).toEqual({ content, key: setupKeyOf(key) })
    expect(isSetupFile(file)).toBe(true)
  })

  it('is two lines as documented, and another signer of the format is understood', () => {
    const [first = '', second = '', ...rest] = Buffer.from(file).toString('utf8').split('\n')
    expect(first).toMatch(/^latchkey-setup 1 [\w-]{43} [\w-]{86}$/u)
    expect(JSON.parse(second)).toEqual(content)
    expect(rest).toEqual([''])
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      Buffer.from(first.split(' ')[2] ?? '', 'base64url'),
    ])
    expect(setupKeyOf(key).sha256).toBe(createHash('sha256').update(spki).digest('hex'))
    expect(readSetupFile(signedValue(content)).content).toEqual(content)
  })

  it('is refused with any one bit, and any one byte, changed', () => {
    const wrong: string[] = []
    file.forEach((byte, place) => {
      for (let bit = 0; bit < 8; bit += 1) {
        if (!isPartOfToday(place * 8 + bit, 8)) continue
        const changed = Buffer.from(file)
        changed[place] = byte ^ (1 << bit)
        if (read(changed) === 'taken') wrong.push(`bit ${bit} of byte ${place}`)
      }
    })
    expect(wrong).toEqual([])
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.nat(255), (place, byte) => {
        const changed = Buffer.from(file)
        fc.pre(changed[place] !== byte)
        changed[place] = byte
        expect(read(changed)).not.toBe('taken')
      }),
      { numRuns: 300 },
    )
  })

  it('is refused wherever it is cut off, and with anything before or after it', () => {
    for (let length = 0; length < file.length; length += 1) expect(read(file.subarray(0, length))).toBe('setup-damaged')
    for (const more of ['\n', ' ', '\0', '\r\n', '{}'])
      expect(read(Buffer.concat([file, Buffer.from(more)]))).toBe('setup-damaged')
    expect(read(Buffer.concat([Buffer.from('\ufeff'), file]))).toBe('setup-damaged')
    expect(read(Buffer.from(file).toString('utf8').replaceAll('\n', '\r\n'))).toBe('setup-damaged')
  })

  it('is refused with the signature or the key of another file', async () => {
    const other = writeSetupFile({ ...content, from: 'Mallory' }, await generateSetupKey())
    const [mine, theirs] = [file, other].map((bytes) => Buffer.from(bytes).toString('utf8').split('\n'))
    const [, , myKey, mySignature] = mine?.[0]?.split(' ') ?? []
    const [, , theirKey, theirSignature] = theirs?.[0]?.split(' ') ?? []
    for (const line of [
      `latchkey-setup 1 ${myKey} ${theirSignature}`,
      `latchkey-setup 1 ${theirKey} ${mySignature}`,
      `latchkey-setup 1 ${theirKey} ${theirSignature}`,
      `latchkey-setup 1 ${myKey} ${'A'.repeat(86)}`,
    ])
      expect(read(`${line}\n${mine?.[1]}\n`), line).not.toBe('taken')
  })

  it('is refused with a key of small order, under which one signature fits any text', () => {
    const [, body = ''] = Buffer.from(file).toString('utf8').split('\n')
    // The neutral element, for key and signature alike: what these engines check holds for every text.
    const neutral = Buffer.concat([Buffer.from([1]), Buffer.alloc(63)])
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), neutral.subarray(0, 32)])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    expect(verify(null, Buffer.from('any text'), publicKey, neutral)).toBe(true)
    const points = [
      ...['00', '01', 'ec', 'ed', 'ee'].map((low) => low + (low < '10' ? '00'.repeat(31) : `${'ff'.repeat(30)}7f`)),
      '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
      'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
    ]
    for (const hex of points)
      for (const sign of [0, 0x80]) {
        const point = Buffer.from(hex, 'hex')
        point[31] = (point[31] ?? 0) | sign
        const line = `latchkey-setup 1 ${point.toString('base64url')} ${neutral.toString('base64url')}`
        expect(read(`${line}\n${body}\n`), hex).toBe('setup-damaged')
      }
  })

  it('of a newer version says so, whatever it holds', () => {
    for (const text of ['latchkey-setup 2 whatever\n', 'latchkey-setup 10\n{}', 'latchkey-setup 999999999 a b c d\n'])
      expect(read(text)).toBe('setup-too-new')
    expect(read(signedSetupText('{}\n', '2'))).toBe('setup-too-new')
    for (const text of [
      'latchkey-setup 0 a b\n',
      'latchkey-setup 01 a\n',
      'latchkey-setup x\n',
      'latchkey-setup \n',
      '',
    ])
      expect(read(text)).toBe('setup-damaged')
  })

  it.each([
    'trust',
    'pins',
    'pinnedKey',
    'proxy',
    'useProxy',
    'connectTo',
    'updateFeed',
    'updates',
    'test',
    'tests',
    'automaticTests',
    'dailyCheck',
    'command',
    'url',
    'path',
    'policy',
    'install',
    'stores',
    'apiToken',
    'key',
    '__proto__',
    'constructor',
    'toString',
    'unknown',
  ])('with the field %s is refused as a whole', (field) => {
    const named = JSON.stringify(content).replace(/\}$/u, `,${JSON.stringify(field)}:true}`)
    expect(read(signedSetupText(`${named}\n`))).toBe('setup-not-allowed')
  })

  it('is refused with a field within a site, a field that is missing, twice, or in another place', () => {
    const { contact: _contact, ...less } = content
    expect(read(signedValue(less))).toBe('setup-not-allowed')
    expect(read(signedValue({ ...content, sites: [{ address: 'https://a.example/', connectTo: '127.0.0.1' }] }))).toBe(
      'setup-not-allowed',
    )
    const text = JSON.stringify(content)
    expect(read(signedSetupText(`${text.replace('{"from"', '{"from":"Bank","from"')}\n`))).toBe('setup-not-allowed')
    const { from, ...rest } = content
    expect(read(signedValue({ ...rest, from }))).toBe('setup-not-allowed')
    for (const spelling of [
      `${text}`,
      `${text}\n\n`,
      ` ${text}\n`,
      `${JSON.stringify(content, null, 1)}\n`,
      '[]\n',
      'null\n',
      '\n',
    ])
      expect(read(signedSetupText(spelling)), spelling).toBe('setup-not-allowed')
  })

  it('is refused where its bytes are no UTF-8, though it reads like something that is', () => {
    const broken = Buffer.from(`${JSON.stringify({ ...content, from: 'Acme\u00ff' })}\n`, 'latin1')
    expect(read(signedSetupText(broken))).toBe('setup-not-allowed')
  })

  it.each([
    ['from', '\u202eTI emcA'],
    ['from', 'Acme\u200bIT'],
    ['from', 'Acme\nVerified by your organisation'],
    ['from', 'Acme\u001b[2J'],
    ['from', ' Acme'],
    ['from', ''],
    ['from', 'x'.repeat(81)],
    ['contact', 'it@example.com\u2066'],
    ['contact', 'x'.repeat(201)],
    ['commonName', '{name}{computer}'],
    ['commonName', '{'],
    ['commonName', '\u202e{name}'],
    ['commonName', 'x'.repeat(65)],
    ['keyType', 'rsa-512'],
    ['keyType', 'ed25519'],
    ['issuers', ['AB'.repeat(32)]],
    ['issuers', Array(11).fill('ab'.repeat(32))],
    ['madeAt', 'yesterday'],
    ['sites', ['http://a.example/']],
    ['sites', ['file:///etc/passwd']],
    ['sites', ['https://a.example']],
    ['sites', ['https://A.example/']],
    ['sites', ['https://bank.example@a.example/']],
    ['sites', ['https://\u202eelpmaxe.a/']],
    ['sites', ['https://аpple.example/']],
    ['sites', ['https://a.example/\u0000']],
    ['sites', ['https://a.example:0/']],
    ['sites', ['\\\\server\\share']],
    ['sites', ['javascript:alert(1)']],
    ['sites', ['https://*.example/']],
    ['sites', ['https://a.example/', 'https://a.example/']],
    ['sites', Array.from({ length: 51 }, (_, index) => `https://a${index}.example/`)],
    ['sites', [`https://a.example/${'x'.repeat(500)}`]],
  ])('is refused with the hostile value of %s: %j', (field, value) => {
    expect(read(signedValue({ ...content, [field]: value }))).toBe('setup-not-allowed')
  })

  it('that is huge is not read', () => {
    expect(read(Buffer.alloc(MAX_SETUP_BYTES + 1, 'latchkey-setup 1 '))).toBe('setup-not-allowed')
    expect(read(signedValue({ ...content, from: 'x'.repeat(MAX_SETUP_BYTES) }))).toBe('setup-not-allowed')
  })

  it('is never taken by accident, and no bytes bring the reader down', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(read(bytes)).not.toBe('taken')
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(read(`latchkey-setup 1 ${text}`)).not.toBe('taken')
      }),
    )
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(signedSetupText(`${text}\n`))).toBe('setup-not-allowed')
      }),
    )
  })
})

describe('a link', () => {
  const link = () => setupLink(file) ?? ''

  it('carries the whole file, also with the slash that some systems add', () => {
    expect(link()).toMatch(/^latchkey:\/\/setup#[\w-]+$/u)
    for (const spelling of [link(), link().replace('setup#', 'setup/#'), `${link()}\n`, `${link()}\r\n`])
      expect(readSetupFile(Buffer.from(spelling))).toEqual({ content, key: setupKeyOf(key) })
    expect(isSetupFile(Buffer.from(link()))).toBe(true)
  })

  it('has nothing else in it: no place to fetch from, no second part, no other spelling', () => {
    const [carried = ''] = link().split('#').slice(1)
    for (const other of [
      `latchkey://setup?from=https://evil.example#${carried}`,
      `latchkey://setup/etc/passwd#${carried}`,
      `latchkey://setup:80#${carried}`,
      `latchkey://user@setup#${carried}`,
      `latchkey://setup#${carried}#${carried}`,
      `latchkey://setup#${carried}=`,
      `latchkey://setup#${carried}&x=1`,
      `latchkey://setup#${encodeURIComponent(link())}`,
      'latchkey://setup#https://evil.example/setup.latchkey',
      'latchkey://setup#',
      'latchkey://setup',
      'latchkey://open#AAAA',
      `latchkey:setup#${carried}`,
      `LATCHKEY://setup#${carried}`,
      `latchkey://setup#${carried}\0`,
      `latchkey://setup#${carried} --inspect`,
    ])
      expect(read(other), other).toBe('setup-damaged')
  })

  it('is refused with any one character changed', () => {
    const text = link()
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.integer({ min: 0, max: 127 }), (place, code) => {
        fc.pre(text.charCodeAt(place) !== code)
        const changed = `${text.slice(0, place)}${String.fromCharCode(code)}${text.slice(place + 1)}`
        expect(read(changed)).not.toBe('taken')
      }),
      { numRuns: 300 },
    )
  })

  it('is not made where it would be too long, and not read', () => {
    const sites = Array.from({ length: 50 }, (_, index) => `https://a${index}.example/${'x'.repeat(200)}`)
    expect(setupLink(writeSetupFile({ ...content, sites }, key))).toBe(null)
    expect(read(`latchkey://setup#${'A'.repeat(MAX_SETUP_LINK)}`)).toBe('setup-not-allowed')
    expect(read(`latchkey:${'A'.repeat(1_000_000)}`)).toBe('setup-not-allowed')
  })
})
