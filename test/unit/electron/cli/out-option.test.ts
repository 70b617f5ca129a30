import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requireCrlOut, requireOut, writeCrlOut, writeOut } from '#electron/cli/output-files'
import { encodePem } from '#electron/pki/containers/pem'
import type { Crl } from '#electron/pki/crl/read'
import { openOffice } from '../../../support/authorities'
import { temporaryFolder } from '../../../support/home'

const folder = temporaryFolder()
let count = 0
let out: string
beforeEach(() => {
  count += 1
  out = join(folder, `file-${count}`)
})

const taken = { code: 'invalid-input', detail: expect.stringContaining('Use --force to overwrite it') }
const content = () => readFileSync(out, 'utf8')

describe('a file that is written instead of printed', () => {
  it('is new, or nothing is made for it', async () => {
    await requireOut({ out })
    await writeOut({ out }, 'first')
    await expect(requireOut({ out })).rejects.toMatchObject(taken)
    await expect(writeOut({ out }, 'second')).rejects.toMatchObject(taken)
    expect(content()).toBe('first')
  })

  it('takes the place of another only when that is said', async () => {
    writeFileSync(out, 'first')
    await requireOut({ out, force: true })
    await writeOut({ out, force: true }, 'second')
    expect(content()).toBe('second')
  })

  it('is never written through a link', async () => {
    const target = `${out}-target`
    writeFileSync(target, 'another’s')
    symlinkSync(target, out)
    await expect(writeOut({ out }, 'mine')).rejects.toMatchObject(taken)
    await writeOut({ out, force: true }, 'mine')
    expect([content(), readFileSync(target, 'utf8')]).toEqual(['mine', 'another’s'])
  })

  it.runIf(process.platform !== 'win32')('may be a device, where nothing is lost', async () => {
    await requireOut({ out: '/dev/null' })
    await writeOut({ out: '/dev/null' }, 'content')
  })

  it('is not asked about where none is wanted', async () => {
    await requireOut({ force: true })
    await writeOut({}, 'content')
  })
})

describe('the file of a CRL', () => {
  let older: Crl
  let newer: Crl
  let stranger: Crl
  beforeAll(async () => {
    const office = openOffice(temporaryFolder())
    const [root, other] = [await office.create('Acme Root'), await office.create('Other Root')]
    await office.writeCrl(root)
    older = await office.crl(root)
    office.later(1)
    await office.writeCrl(root)
    newer = await office.crl(root)
    await office.writeCrl(other)
    stranger = await office.crl(other)
    office.close()
  })

  const pemOf = ({ der }: Crl) => encodePem('X509 CRL', der)
  const base64Of = ({ der }: Crl) => `${Buffer.from(der).toString('base64')}\n`

  it('takes the place of an older one of the same issuer, however that is written', async () => {
    for (const there of [pemOf(older), older.der, base64Of(older), pemOf(newer)]) {
      writeFileSync(out, there)
      await requireCrlOut({ out }, newer.issuer)
      await writeCrlOut({ out }, newer.der, 'the new list')
      expect(content()).toBe('the new list')
    }
  })

  it('of another issuer, of a later number, or of something else stays', async () => {
    for (const there of [pemOf(stranger), 'my notes', '']) {
      writeFileSync(out, there)
      await expect(requireCrlOut({ out }, newer.issuer)).rejects.toMatchObject(taken)
      await expect(writeCrlOut({ out }, newer.der, 'the new list')).rejects.toMatchObject(taken)
      expect(content()).toBe(there)
    }
    writeFileSync(out, newer.der)
    await expect(writeCrlOut({ out }, older.der, 'the old list')).rejects.toMatchObject(taken)
    await writeCrlOut({ out, force: true }, older.der, 'the old list')
    expect(content()).toBe('the old list')
  })

  it('is not looked for behind a link', async () => {
    writeFileSync(`${out}-target`, pemOf(older))
    symlinkSync(`${out}-target`, out)
    await expect(requireCrlOut({ out }, newer.issuer)).rejects.toMatchObject(taken)
  })
})
