import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { JobInput, JobName, JobOptions, JobOutput } from '#electron/jobs/jobs'
import { createRoot } from '#electron/pki/authority/root'
import { encodePem } from '#electron/pki/containers/pem'
import { isAppError } from '#shared/errors'
import type { AuthoritySummary, IssuedCertificate, LastCrlAnswer } from '#shared/model/authority'
import { type Office, openOffice, passphrase, quickJobs } from '../../../../support/authorities'
import { named } from '../../../../support/certificates'
import { forgeCrl, nameOf } from '../../../../support/forge'
import { temporaryFolder } from '../../../../support/home'
import { openWorkshop, type Workshop } from '../../../../support/openssl'

/** CRLs written by a clock that is wrong, and set right again. */
const dayMs = 86_400_000
let workshop: Workshop
let office: Office
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.remove())
beforeEach(() => {
  office = openOffice(temporaryFolder())
})
afterEach(() => office.close())

/** openssl's own word on a certificate by the list as it stands. */
async function opensslSays(authority: AuthoritySummary, { sha256 }: IssuedCertificate, ...more: string[]) {
  const { pem } = await office.authorities.issuedFile([sha256])
  await workshop.write('leaf.pem', pem.slice(0, pem.indexOf('-----END CERTIFICATE-----') + 26))
  await workshop.write('chain.pem', (await office.authorities.chainFile(authority.id)).pem)
  await workshop.write('list.pem', (await office.authorities.crlFile(authority.id, 'pem')).content)
  const args = ['verify', '-crl_check', ...more, '-CAfile', 'chain.pem', '-CRLfile', 'list.pem', 'leaf.pem']
  return workshop.openssl(...args).then(
    (output) => output,
    (error: Error) => error.message,
  )
}

describe('a certificate that was revoked', () => {
  it.each<[LastCrlAnswer, string[]]>([
    ['unpublished', []],
    // Its list is dated in the future: openssl is asked what it says once that day has come.
    ['published', ['-no_check_time']],
  ])('stays revoked when a clock two years ahead has written lists that were %s', async (lastCrl, more) => {
    const root = await office.create('Acme Root')
    const [ada, bob] = await office.issueTo(root, ['Ada', 'Bob'])
    if (ada === undefined || bob === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(ada.sha256, 'key-compromise')
    office.later(730)
    await office.writeCrl(root)
    // By this clock a list has shown it after its end, so it leaves.
    expect((await office.writeCrl(root)).crl?.entries).toBe(0)
    office.later(-730)
    expect((await office.authorities.detail(root.id)).summary.crlDue).toBe('now')
    await expect(office.writeCrl(root)).rejects.toMatchObject({ code: 'crl-dated-ahead' })
    expect((await office.writeCrl(root, { lastCrl })).crl).toMatchObject({ number: '3', entries: 1 })
    expect(await opensslSays(root, ada, ...more)).toContain('certificate revoked')
    expect(await opensslSays(root, bob, ...more)).toContain('OK')
  })

  it('leaves only a list of a key that has shown it after its end', async () => {
    const root = await office.create('Acme Root')
    const [ada] = await office.issueTo(root, ['Ada'])
    if (ada === undefined) throw new Error('nothing issued')
    await office.authorities.revoke(ada.sha256, 'superseded')
    const next = await office.rollOver(root, null)
    office.later(102)
    expect((await office.writeCrl(next)).crl?.entries).toBe(1)
    expect((await office.writeCrl(root)).crl?.entries).toBe(1)
    office.later(1)
    expect((await office.writeCrl(root)).crl?.entries).toBe(0)
    expect((await office.writeCrl(next)).crl?.entries).toBe(0)
  })

  it('is listed no later than the list itself, whatever the clock said when it was revoked', async () => {
    const root = await office.create('Acme Root')
    const [ada] = await office.issueTo(root, ['Ada'])
    if (ada === undefined) throw new Error('nothing issued')
    office.later(730)
    await office.authorities.revoke(ada.sha256, 'superseded')
    office.later(-730)
    await office.writeCrl(root)
    const list = await office.crl(root)
    expect([...list.entries()].map(({ revokedAt }) => revokedAt)).toEqual([list.thisUpdate])
  })
})

describe('a last list that is dated in the future', () => {
  it('stops with both dates in words, and nothing is written', async () => {
    const root = await office.create('Acme Root')
    office.later(730)
    const { crl: first } = await office.writeCrl(root)
    office.later(-730)
    const date = String.raw`\d+ \w{3} \d{4}, \d\d:\d\d UTC`
    await expect(office.writeCrl(root)).rejects.toMatchObject({
      code: 'crl-dated-ahead',
      detail: expect.stringMatching(
        new RegExp(`^CRL number 1 is dated ${date}\\. This computer’s clock says ${date}\\.$`, 'u'),
      ),
    })
    expect((await office.authorities.detail(root.id)).summary.crl).toEqual(first)
  })

  it('that was published is followed by one of a second later, and no answer goes back behind it', async () => {
    const root = await office.create('Acme Root')
    office.later(730)
    const published = await office.writeCrl(root)
    office.later(-730)
    const follower = new Date(Date.parse(published.crl?.thisUpdate ?? '') + 1000).toISOString()
    const second = await office.writeCrl(root, { lastCrl: 'published' })
    expect(second).toMatchObject({ crlDue: 'no', crl: { number: '2', thisUpdate: follower } })
    await expect(office.writeCrl(root)).rejects.toMatchObject({ code: 'crl-dated-ahead' })
    const third = await office.writeCrl(root, { lastCrl: 'unpublished' })
    expect(third.crl).toMatchObject({ number: '3', thisUpdate: follower })
    office.later(731)
    expect(Date.parse((await office.writeCrl(root)).crl?.thisUpdate ?? '')).toBeGreaterThan(Date.parse(follower))
  })

  it('leaves a successor free: its lists count at once', async () => {
    const root = await office.create('Acme Root')
    office.later(730)
    await office.writeCrl(root)
    office.later(-730)
    await office.writeCrl(root, { lastCrl: 'published' })
    const next = await office.rollOver(root, null)
    const { crl } = await office.writeCrl(next)
    expect(crl?.number).toBe('3')
    expect(Date.parse(crl?.thisUpdate ?? '')).toBeLessThanOrEqual(Date.now())
  })

  it('by minutes asks nothing, and is not gone back behind', async () => {
    const root = await office.create('Acme Root')
    office.later(2 / 24 / 60)
    const { crl } = await office.writeCrl(root)
    office.later(-2 / 24 / 60)
    expect((await office.writeCrl(root)).crl).toMatchObject({ number: '2', thisUpdate: crl?.thisUpdate })
  })

  describe('and came with an imported issuer', () => {
    async function bring(days: number): Promise<{ ca: AuthoritySummary; thisUpdate: Date }> {
      const now = new Date(Math.floor(Date.now() / 1000) * 1000)
      const root = await createRoot({ subject: named('Foreign'), algorithm: 'p-256', days, now })
      const thisUpdate = new Date(now.getTime() + 700 * dayMs)
      const nextUpdate = new Date(thisUpdate.getTime() + dayMs)
      const last = await forgeCrl({ issuer: nameOf('Foreign'), signedBy: root, thisUpdate, nextUpdate })
      const pem = encodePem('CERTIFICATE', root.certificate) + encodePem('PRIVATE KEY', root.pkcs8)
      const files = [pem + encodePem('X509 CRL', last)].map((text) => ({ name: 'ca.pem', bytes: Buffer.from(text) }))
      return { ca: await office.authorities.import(files, null, passphrase), thisUpdate }
    }

    it('stops as well', async () => {
      const { ca, thisUpdate } = await bring(1000)
      expect(ca).toMatchObject({ crlDue: 'now', crl: { number: null } })
      await expect(office.writeCrl(ca)).rejects.toMatchObject({
        code: 'crl-dated-ahead',
        detail: expect.stringMatching(/^The last CRL is dated /u),
      })
      const { crl } = await office.writeCrl(ca, { lastCrl: 'published' })
      expect(crl?.thisUpdate).toBe(new Date(thisUpdate.getTime() + 1000).toISOString())
    })

    it('has none to follow it beyond the issuer’s own end', async () => {
      const { ca } = await bring(500)
      await expect(office.writeCrl(ca, { lastCrl: 'published' })).rejects.toMatchObject({
        code: 'invalid-input',
        detail: expect.stringContaining('Create a successor'),
      })
      expect((await office.writeCrl(ca, { lastCrl: 'unpublished' })).crl?.entries).toBe(0)
    })
  })
})

describe('two processes that write at once', () => {
  /** The second one writes while the first one signs. */
  async function race(prepare: (root: AuthoritySummary) => Promise<void>, answers: [Answer, Answer], ahead = 0) {
    await office.close()
    let between: (() => Promise<unknown>) | null = null
    const jobs = quickJobs()
    office = openOffice(temporaryFolder(), {
      jobs: {
        ...jobs,
        async run<Name extends JobName>(
          name: Name,
          input: JobInput<Name>,
          options?: JobOptions,
        ): Promise<JobOutput<Name>> {
          const made = await jobs.run(name, input, options)
          const act = name === 'write-crl' ? between : null
          if (act !== null) {
            between = null
            await act()
          }
          return made
        },
      },
    })
    const root = await office.create('Acme Root')
    await prepare(root)
    const written: (AuthoritySummary['crl'] | string)[] = []
    const write = async (lastCrl: Answer) => {
      const outcome = await office.writeCrl(root, { lastCrl }).then(
        ({ crl }) => crl,
        (error: unknown) => (isAppError(error) ? error.code : 'bug'),
      )
      written.push(outcome)
    }
    between = async () => {
      office.later(ahead)
      await write(answers[1])
      office.later(-ahead)
    }
    await write(answers[0])
    return { written, last: (await office.authorities.detail(root.id)).summary.crl }
  }
  type Answer = LastCrlAnswer | null
  const ahead = async (root: AuthoritySummary) => {
    office.later(730)
    await office.writeCrl(root)
    office.later(-730)
  }

  it('use two numbers', async () => {
    const { written } = await race(async () => undefined, [null, null])
    expect(written).toMatchObject([{ number: '1' }, { number: '2' }])
  })

  it('and say different things of the last list: the date does not go back behind a published one', async () => {
    const { written, last } = await race(ahead, ['unpublished', 'published'])
    expect(written).toMatchObject([{ number: '2' }, { number: '3' }])
    expect(Date.parse(last?.thisUpdate ?? '')).toBeGreaterThan(Date.now() + 700 * dayMs)
  })

  it('where the other one’s clock is ahead: the question comes up', async () => {
    const { written } = await race(async () => undefined, [null, null], 730)
    expect(written).toMatchObject([{ number: '1' }, 'crl-dated-ahead'])
  })
})
