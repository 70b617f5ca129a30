import { describe, expect, it } from 'vitest'
import { inlineJobs } from '#electron/jobs/inline'
import { systemClock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { readAuthority } from '#electron/services/authorities/import-files'
import { certificateInFiles } from '#electron/services/authorities/revocable-file'
import { createCertificateReader } from '#electron/services/certificates-in-files'
import { createConvert } from '#electron/services/convert'
import { createPracticeIssuer } from '#electron/services/practice-issue'
import { createVerify } from '#electron/services/verify'

/** “Latchkey cannot read this kind of file” helps nobody who chose five of them. */
const jobs = inlineJobs()
const ways: [string, (file: IncomingFile) => Promise<unknown>][] = [
  ['certificates', (file) => createCertificateReader({ jobs })([file], null)],
  ['a certificate to revoke', (file) => certificateInFiles(jobs, [file])],
  ['an issuer', (file) => readAuthority(jobs, [file], null, {})],
  ['a request of practice', (file) => createPracticeIssuer(jobs, async () => '')(file, false)],
  [
    'a conversion',
    (file) =>
      createConvert({ jobs, clock: systemClock })({
        files: [file],
        password: null,
        destination: 'der',
        pick: null,
        protection: { password: null, plain: false },
      }),
  ],
  [
    'a chain',
    (file) =>
      createVerify({ jobs, clock: systemClock })({
        file,
        others: [],
        roots: null,
        at: null,
        revocation: 'given',
        password: null,
      }),
  ],
]
const damaged = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

describe.each(ways)('reading %s', (_what, read) => {
  it.each([
    ['photo.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unsupported-format'],
    ['empty.pem', Buffer.alloc(0), 'file-empty'],
    ['damaged.pem', Buffer.from(damaged), 'malformed'],
  ])('names %s once', async (name, bytes, code) => {
    const error = await read({ name, bytes }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code, detail: expect.stringContaining(name) })
    expect(String(error).split(name)).toHaveLength(2)
  })
})
