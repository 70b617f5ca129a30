import { expect, it } from 'vitest'
import { begin } from '#electron/cloudflare/apply/apply'
import { type JournalEntry, runOf } from '#electron/cloudflare/apply/journal'
import { AccessCaId } from '#shared/model/access-account'
import type { AccessChange } from '#shared/model/access-plan'
import { account, ca } from '../../../../support/access-accounts'
import { undoAt } from '../../../../support/killed-plans'

/** A request whose answer is lost is sent again, and that one is refused because the first is still being applied. */

const before = account({ cas: [ca('G2', ['a.acme.example'])] })
const id = AccessCaId.parse(before.cas[0]?.id)
const both = ['a.acme.example', 'b.acme.example']
const change: AccessChange = { kind: 'set-ca-hostnames', id, hostnames: both }
const arrived = account({ cas: [ca('G2', both)] })

const refusals: [string, JournalEntry[]][] = [
  ['busy', [{ kind: 'busy', step: 0 }]],
  ['refused', [{ kind: 'stopped', step: 0, why: 'refused' }]],
]

it.each(refusals)(
  'a second request that is answered with “%s” does not hide that the first has arrived',
  (_what, end) => {
    const sending: JournalEntry = { kind: 'sending', step: 0, body: null }
    const start: JournalEntry[] = [begin(before, [change]), { kind: 'backed-up' }]
    const undo = undoAt([...start, sending, sending, ...end], arrived)
    expect(undo?.journal[0]).toMatchObject({ changes: [{ ...change, hostnames: ['a.acme.example'] }] })
    // Not there yet: it may still come.
    expect(undoAt([...start, sending, sending, ...end], before)).toBeNull()
    // A single request that was refused has not arrived, and the next step begins anew.
    expect(undoAt([...start, sending, ...end], before)?.journal[0]).toMatchObject({ changes: [] })
    const settled: JournalEntry = { kind: 'settled', step: 0, id: null }
    expect(runOf([...start, sending, sending, settled])).toMatchObject({ phase: 'ready', isUnanswered: false })
  },
)
