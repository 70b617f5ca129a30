import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Applied, type ApplyPorts, apply, begin } from '#electron/cloudflare/apply/apply'
import { appliedChanges, type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import { createJournalFile, openJournalFile } from '#electron/cloudflare/apply/journal-file'
import { changesFor } from '#electron/cloudflare/plan/changes-for'
import { undoOf } from '#electron/cloudflare/plan/undo'
import { AccessWish } from '#shared/model/access-wish'
import { type Administrator, administrator } from '../../../../support/cloudflare/administrator'
import { accountId } from '../../../../support/cloudflare/client'
import { type CloudflareDouble, startCloudflareDouble } from '../../../../support/cloudflare/double'
import { applyingTo, newCaPem, protectedSite } from '../../../../support/cloudflare/protected-site'
import { temporaryFolder } from '../../../../support/home'
import { isSoak } from '../../../../support/rounds'

/** A plan on its way to a server that is slow, strict, and not alone. */

const now = new Date()
let pem = ''
beforeAll(async () => {
  pem = await newCaPem(now)
})

let double: CloudflareDouble
let admin: Administrator
beforeEach(async () => {
  double = await startCloudflareDouble()
  admin = administrator(double)
  double.world.behaviour.lag = 3000
})
afterEach(() => double.stop())

const open = (journal: JournalEntry[]) =>
  applyingTo(double, now, journal, async (attempt) => {
    double.later(2000)
    return attempt < 6
  })

const protect = () => protectedSite(pem)

async function start(): Promise<JournalEntry[]> {
  const before = await open([]).ports.read()
  return [begin(before, changesFor(before, protect(), now).changes ?? [])]
}

const go = (journal: JournalEntry[]): Promise<Applied> => apply(journal, open(journal).ports)
const left = async () => changesFor(await open([]).ports.read(), protect(), now).changes
/** Those that were taken; others met an earlier change under way. */
const writes = () =>
  double.journal.flatMap(({ method, status }) => (method !== 'GET' && status !== 409 ? [method] : []))

describe('a plan', () => {
  it('is applied although everything takes a while to show', async () => {
    const journal = await start()
    expect(await go(journal)).toEqual({ done: true })
    expect(await left()).toEqual([])
    expect(writes()).toEqual(['POST', 'PUT', 'PUT', 'POST', 'POST'])
  })

  it.each([
    ['POST', '/access/certificates'],
    ['POST', '/access/policies'],
    ['POST', '/access/apps'],
    ['PUT', '/access/certificates/settings'],
  ])('finds what became of a %s to %s whose answer was lost, and makes it once', async (method, path) => {
    double.upset(method, path, { kind: 'cut-after' })
    const journal = await start()
    expect(await go(journal)).toEqual({ done: true })
    expect(await left()).toEqual([])
    const made = [double.world.certificates, double.world.policies, double.world.applications].map((all) => all.length)
    expect(made).toEqual([1, 1, 1])
  })

  it('waits where Access is still busy with an earlier change (6559, 6152)', async () => {
    await admin.settings([{ hostname: 'wiki.example.com', china_network: false, client_certificate_forwarding: true }])
    double.later(3000)
    const journal = await start()
    double.upset('PUT', '/access/certificates/settings', () => {
      const { visible } = double.world.settings
      double.world.settings.coming = { value: visible, at: double.world.now + 3000 }
    })
    expect(await go(journal)).toEqual({ done: true })
    expect(journal.some(({ kind }) => kind === 'busy')).toBe(true)
    expect(await left()).toEqual([])
  })

  it('stops with Access’ own words where it is refused, and can be resumed', async () => {
    double.world.behaviour.quota = 0
    const journal = await start()
    const { ports, sender } = open(journal)
    expect(await apply(journal, ports)).toEqual({ done: false, step: 0, why: 'refused', fields: [] })
    expect(sender.refusal()).toMatchObject({ code: 'cloudflare-limit-reached' })
    double.world.behaviour.quota = 50
    expect(await go([...journal, { kind: 'resumed' }])).toEqual({ done: true })
  })

  it('stops where somebody else has changed what it is about to write', async () => {
    const journal = await start()
    double.upset('POST', '/access/policies', () => {
      double.world.settings.visible = []
    })
    double.world.applications.push({
      id: 'theirs',
      zone: null,
      aud: 'x',
      fields: { type: 'self_hosted', domain: 'admin.example.com', name: 'Admin' },
      links: [],
    })
    expect(await go(journal)).toMatchObject({ done: false, why: 'changed' })
    expect(double.world.applications).toHaveLength(1)
  })

  const existing = async () => {
    const id = await admin.application('wiki.example.com')
    const before = await open([]).ports.read()
    const wish = AccessWish.parse({
      version: 1,
      account: accountId,
      policies: [{ name: 'Holders', decision: 'non_identity', include: [{ certificate: {} }] }],
      applications: [{ domain: 'wiki.example.com', attach: ['Holders'] }],
    })
    return { id, journal: [begin(before, changesFor(before, wish, now).changes ?? [])] }
  }
  const edit = (id: string, fields: { [name: string]: unknown }) => {
    const app = double.world.applications.find((one) => one.id === id)
    if (app === undefined) throw new Error('There is no such application.')
    app.fields = { ...app.fields, ...fields }
  }

  it('stops where an application is changed after the lists were read and before it is replaced', async () => {
    const { id, journal } = await existing()
    const { ports } = open(journal)
    let reads = 0
    const slow: ApplyPorts = {
      ...ports,
      async read() {
        const account = await ports.read()
        reads += 1
        edit(id, { session_duration: `${reads}h`, updated_at: '2026-01-01T00:00:00Z' })
        return account
      },
    }
    expect(await apply(journal, slow)).toEqual({ done: false, step: 1, why: 'changed', fields: [] })
    expect(double.journal.filter(({ method }) => method === 'PUT')).toEqual([])
  })

  it('goes on where an application has only another date', async () => {
    const first = await existing()
    const { ports } = open(first.journal)
    const dating: ApplyPorts = {
      ...ports,
      async read() {
        const account = await ports.read()
        edit(first.id, { updated_at: new Date(double.world.now).toISOString() })
        double.later(1000)
        return account
      },
    }
    expect(await apply(first.journal, dating)).toEqual({ done: true })
    const last = double.journal.filter(({ path }) => path.endsWith(`/apps/${first.id}`))
    expect(last.map(({ method }) => method).slice(-2)).toEqual(['GET', 'PUT'])
  })

  it('stops where what it replaces is deleted after the lists were read', async () => {
    const { id, journal } = await existing()
    const { ports } = open(journal)
    const deleting: ApplyPorts = {
      ...ports,
      async lookAgain(account, change) {
        double.world.applications = double.world.applications.filter((one) => one.id !== id)
        return ports.lookAgain(account, change)
      },
    }
    expect(await apply(journal, deleting)).toEqual({ done: false, step: 1, why: 'changed', fields: [] })
  })

  it('stops with the names of fields that an application has lost by being replaced', async () => {
    const { id, journal } = await existing()
    const { ports } = open(journal)
    const losing: ApplyPorts = {
      ...ports,
      async send(call) {
        const sent = await ports.send(call)
        if (call.method === 'PUT') edit(id, { session_duration: '1h', app_launcher_visible: undefined })
        return sent
      },
    }
    const stopped = { step: 1, why: 'written-otherwise', fields: ['app_launcher_visible', 'session_duration'] } as const
    expect(await apply(journal, losing)).toEqual({ done: false, ...stopped })
    expect(journal.at(-1)).toEqual({ kind: 'stopped', ...stopped })
    edit(id, { session_duration: '24h', app_launcher_visible: true })
    expect(await go([...journal, { kind: 'resumed' }])).toEqual({ done: true })
  })

  it.each<[string, number, () => void]>([
    [
      'a CA with another fingerprint',
      0,
      () => {
        for (const one of double.world.certificates) one.fingerprint = `MD5 Fingerprint=${'00:'.repeat(15)}00`
      },
    ],
    [
      'a policy that decides otherwise',
      3,
      () => {
        for (const one of double.world.policies) one.fields['decision'] = 'bypass'
      },
    ],
    [
      'an application without its policies',
      4,
      () => {
        for (const one of double.world.applications) one.links = []
      },
    ],
  ])('stops where it has made %s', async (_what, at, spoil) => {
    const journal = await start()
    const { ports } = open(journal)
    const spoiling: ApplyPorts = {
      ...ports,
      async send(call) {
        const sent = await ports.send(call)
        if (call.method === 'POST' && runOf(journal)?.step === at) spoil()
        return sent
      },
    }
    expect(await apply(journal, spoiling)).toEqual({ done: false, step: at, why: 'written-otherwise', fields: [] })
  })

  it('finds what it has made where the answer names no ID', async () => {
    const journal = await start()
    const { ports } = open(journal)
    const nameless: ApplyPorts = {
      ...ports,
      async send(call) {
        const sent = await ports.send(call)
        return sent.outcome === 'done' ? { ...sent, id: null } : sent
      },
    }
    expect(await apply(journal, nameless)).toEqual({ done: true })
    expect(await left()).toEqual([])
  })

  it('is undone, but for nothing of anybody else', async () => {
    await admin.application('wiki.example.com')
    const journal = await start()
    await go(journal)
    const run = runOf(journal)
    if (run === null) throw new Error('There is no run.')
    const current = await open([]).ports.read()
    const { changes, notes } = undoOf(run.before, appliedChanges(run), current)
    expect(notes).toEqual([])
    expect(await go([begin(current, changes)])).toEqual({ done: true })
    const after = await open([]).ports.read()
    expect([after.cas, after.policies, after.applications.map(({ domain }) => domain)]).toEqual([
      [],
      [],
      ['wiki.example.com'],
    ])
  })
})

/** The process ends at its n-th entry of the journal: before it is written, or right after. */
function killedAt(journal: JournalEntry[], moment: number, isWritten: boolean): ApplyPorts {
  let entries = 0
  return {
    ...open(journal).ports,
    async note(entry) {
      entries += 1
      if (entries < moment || isWritten) journal.push(entry)
      if (entries === moment) throw new Error('Killed.')
    },
  }
}

describe('a process that is killed', () => {
  // 16 entries: the backup, and three for each of the five steps.
  const entries = Array.from({ length: 16 }, (_, index) => index + 1)
  const moments = entries.flatMap((moment) => [
    { moment, isWritten: false },
    { moment, isWritten: true },
  ])
  const sample = isSoak ? moments : moments.filter((_, index) => index % 5 === 2)

  it.each(sample)(
    'at entry $moment (written: $isWritten) is followed by one that makes everything once',
    async (at) => {
      double.world.behaviour.lag = 0
      const journal = await start()
      await expect(apply(journal, killedAt(journal, at.moment, at.isWritten))).rejects.toThrow('Killed.')
      // Killed before it was sent or after: what is missing for good is only sent again because a person says so.
      const first = await go(journal)
      if (!first.done) {
        expect(first).toMatchObject({ why: 'uncertain' })
        journal.push({ kind: 'resumed' })
        expect(await go(journal)).toEqual({ done: true })
      }
      expect(await left()).toEqual([])
      const made = [double.world.certificates, double.world.policies, double.world.applications].map(
        (all) => all.length,
      )
      expect(made).toEqual([1, 1, 1])
    },
  )

  it.each(sample)('at entry $moment (written: $isWritten) can be undone', async (at) => {
    double.world.behaviour.lag = 0
    const journal = await start()
    const before = await open([]).ports.read()
    await expect(apply(journal, killedAt(journal, at.moment, at.isWritten))).rejects.toThrow('Killed.')
    // What was under way is finished or found first, as far as that goes by itself.
    await go(journal)
    const run = runOf(journal)
    if (run === null) throw new Error('There is no run.')
    const { changes } = undoOf(run.before, appliedChanges(run), await open([]).ports.read())
    expect(await go([begin(await open([]).ports.read(), changes)])).toEqual({ done: true })
    const { readAt: _then, settings: _old, ...old } = before
    const { readAt: _now, settings, ...after } = await open([]).ports.read()
    expect(after).toEqual(old)
    expect(settings.filter(({ forwarding }) => forwarding)).toEqual([])
  })
})

describe('a journal in a file', () => {
  const folder = temporaryFolder()
  const path = () => join(folder, `journal-${double.origin.split(':').at(-1)}`)

  it('is its owner’s alone, and gives back what was appended', async () => {
    const [first] = await start()
    if (first === undefined) throw new Error('There is no entry.')
    const file = await createJournalFile(path(), first)
    await file.append({ kind: 'backed-up' })
    expect(statSync(path()).mode & 0o777).toBe(0o600)
    expect((await openJournalFile(path())).entries).toEqual([first, { kind: 'backed-up' }])
    await expect(createJournalFile(path(), first)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('does without a line that was being written, and goes on behind the one before', async () => {
    const [first] = await start()
    if (first === undefined) throw new Error('There is no entry.')
    await createJournalFile(path(), first)
    writeFileSync(path(), `${readFileSync(path(), 'utf8')}{"kind":"back`)
    const file = await openJournalFile(path())
    expect(file.entries).toEqual([first])
    await file.append({ kind: 'backed-up' })
    expect((await openJournalFile(path())).entries).toEqual([first, { kind: 'backed-up' }])
  })

  it('of something else is refused', async () => {
    for (const content of ['', 'notes\n', '{"kind":"backed-up"}\n']) {
      writeFileSync(path(), content)
      await expect(openJournalFile(path())).rejects.toMatchObject({ code: 'malformed' })
    }
  })
})
