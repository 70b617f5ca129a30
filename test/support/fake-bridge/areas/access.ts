import type { AccessHandlers } from '#electron/main/ipc/access-handlers'
import { practiceTestAccepted, testAccepted } from '#shared/logic/access/alert-words'
import { doneWords } from '#shared/logic/access/apply-words'
import { protectTitle } from '#shared/logic/access/plan-words'
import { isPracticeAccount, practiceAccountId } from '#shared/model/access-account'
import type { AccessRollOver } from '#shared/model/access-roll-over'
import type { AccessConnection, AccessOverview, AccessRun } from '#shared/model/access-screen'
import { Instant, type JobId } from '#shared/model/ids'
import type { Protection } from '#shared/model/protection'
import { accessAnswer, accessOverview, accessPlan, accessRollOver, accessRun, rollOverTests } from '../access-examples'
import { after, type Pretence, refuse } from '../pretence'

/** Nothing is in it yet. */
const practice: AccessOverview = {
  ...accessOverview(false),
  account: { id: practiceAccountId, name: 'Practice account' },
  rows: [],
  cas: [],
  applications: [],
  policies: [],
  groups: [],
  alerting: { alerts: [], obstacle: null, webhooks: [], pagerduty: [] },
  drift: { since: null, changes: [], notCompared: [] },
}

const noProof: Protection['proof'] = {
  commonName: null,
  identity: null,
  isSigned: false,
  installedIn: null,
  report: null,
}

/** It was filled in when Latchkey was closed. */
const unfinishedProtection: Protection = {
  account: accessOverview(false).account.id,
  draft: { address: 'admin.acme.example', name: '', ca: null, who: { kind: 'any-certificate', names: '' } },
  planned: null,
  run: null,
  proof: noProof,
}

/** Access in a pretended account. The token `refused…` is refused, `cfk_…` is a global key, a write token `slow…` takes long. */
export function pretendAccess({ world, changed, cancellable }: Pretence): AccessHandlers {
  const isUsed = ['full', 'many', 'interrupted', 'names'].includes(world.scene)
  let isConnected = isUsed
  let isStored = isUsed
  let overview: AccessOverview | null = isUsed ? accessOverview(world.scene === 'many') : null
  let runs: AccessRun[] =
    world.scene === 'interrupted' ? [accessRun({ state: 'waiting', done: 2 })] : isUsed ? [accessRun()] : []

  let isPractice = false
  let protections: Protection[] = world.scene === 'interrupted' ? [unfinishedProtection] : []
  let rollOver: AccessRollOver | null = null
  let { title } = accessPlan()
  const account = () => ({ id: accessOverview(false).account.id, name: 'Acme' })
  let keepsWriteToken = false
  async function connection(): Promise<AccessConnection> {
    const connected = { state: 'connected' as const, isPractice }
    if (isPractice) return { ...connected, account: practice.account, isStored: false, keepsWriteToken: false }
    return isConnected ? { ...connected, account: account(), isStored, keepsWriteToken } : { state: 'none' }
  }

  async function finish(run: AccessRun, job: JobId, token: string): Promise<AccessRun> {
    const total = run.steps.length
    for (const [index, phase] of run.steps.entries()) {
      if (index < run.done) continue
      world.send({ type: 'progress', job, fraction: index / total, phase })
      await cancellable(job, token.startsWith('slow') ? 60_000 : 60)
    }
    const done: AccessRun = { ...run, state: 'done', done: total, why: null }
    runs = [done, ...runs.filter(({ id }) => id !== run.id)]
    protections = protections.map((one) => (one.planned?.title === done.title ? { ...one, run: done } : one))
    changed('cloudflare', 'activity')
    return done
  }

  return {
    'cloudflare.connection': connection,
    'cloudflare.connect': async ({ token, keep }) => {
      await after(150)
      if (token.startsWith('cfk_')) throw refuse('cloudflare-token-unusable', 'This is a global API key.')
      if (token.startsWith('refused')) throw refuse('cloudflare-token-refused', 'Invalid API Token (1000)')
      if (token.startsWith('several'))
        throw refuse('cloudflare-account-unclear', 'The token sees “Acme” and “Acme Labs”.')
      isConnected = true
      isStored = keep
      overview = accessOverview(false)
      changed('cloudflare', 'vault')
      return connection()
    },
    'cloudflare.practise': async ({ isOn }) => {
      isPractice = isOn
      overview = isOn ? practice : isConnected ? accessOverview(world.scene === 'many') : null
      changed('cloudflare')
      return connection()
    },
    'cloudflare.disconnect': async () => {
      isConnected = false
      overview = null
      changed('cloudflare', 'vault')
      return connection()
    },
    'cloudflare.read': async ({ job }) => {
      await cancellable(job, 150)
      overview = isPractice ? practice : accessOverview(world.scene === 'many')
      changed('cloudflare')
      return true
    },
    'cloudflare.overview': async () => overview,
    'cloudflare.acceptChanges': async () => {
      const { drift, rows } = accessOverview(false)
      overview = overview && {
        ...overview,
        rows: (overview.rows.length === 0 ? rows : overview.rows).map((row) => ({ ...row, changes: [] })),
        drift: { ...drift, since: overview.readAt, changes: [] },
      }
      changed('cloudflare')
      return true
    },
    'cloudflare.explain': async () => accessAnswer,
    'cloudflare.plan': async ({ intent, job }) => {
      await cancellable(job, 150)
      const plan = isPractice ? { ...accessPlan(), account: practice.account } : accessPlan()
      // Both are beside each other by then: the pretended account knows no stages.
      if (intent.kind === 'roll-over') {
        rollOver = accessRollOver()
        changed('cloudflare')
      }
      if (intent.kind === 'block') return { ...plan, title: `Block ${intent.names.join(' and ')}`, canSave: false }
      if (intent.kind === 'file')
        return {
          ...accessPlan('Apply the plan file'),
          id: null,
          lines: [],
          visitors: [],
          losses: [],
          problems: ['This plan file is for another account.'],
        }
      if (intent.kind === 'protect') {
        title = protectTitle(intent)
        return { ...plan, title }
      }
      return plan
    },
    'cloudflare.planUndo': async ({ job }) => {
      await cancellable(job, 100)
      return { ...accessPlan(`Undo: ${accessPlan().title}`), canSave: false }
    },
    'cloudflare.savePlan': async () => ({ name: 'latchkey.access.json' }),
    'cloudflare.forgetWriteToken': async () => {
      keepsWriteToken = false
      changed('cloudflare')
      return connection()
    },
    'cloudflare.apply': async ({ token: given, keepToken, job }) => {
      const token = given ?? ''
      if (token.startsWith('refused')) throw refuse('cloudflare-token-refused', 'Invalid API Token (1000)')
      keepsWriteToken ||= keepToken
      const begun = accessRun({ state: 'running', done: 0 })
      const run = isPractice ? { ...begun, title, account: practice.account } : begun
      if (token.startsWith('test')) {
        const waiting: AccessRun = {
          ...run,
          state: 'waiting',
          done: 3,
          why: 'The next step takes a CA off a hostname. Test that with a certificate from each CA first.',
          test: 'wiki.acme.example',
        }
        runs = [waiting, ...runs]
        changed('cloudflare')
        return waiting
      }
      if (token.startsWith('cut')) {
        runs = [{ ...run, title: 'Block Jonas Brandt', state: 'waiting', done: 2, why: null }, ...runs]
        throw refuse(
          'cloudflare-answer-wrong',
          'It is no JSON. HTTP status 200',
          doneWords({ step: 2, total: run.steps.length, phase: 'sent' }),
        )
      }
      return finish(run, job, token)
    },
    'cloudflare.resume': async ({ run: id, token, job }) => {
      const run = runs.find((one) => one.id === id)
      if (run === undefined) throw refuse('not-found')
      return finish(run, job, token ?? '')
    },
    'cloudflare.rollOver': async () => (isPractice ? null : rollOver),
    'cloudflare.testRollOver': async ({ job }) => {
      await cancellable(job, 100)
      const tested = { testedAt: Instant.parse(new Date().toISOString()), tests: rollOverTests }
      rollOver = rollOver && { ...rollOver, tested }
      changed('cloudflare')
      return tested
    },
    'cloudflare.testAlert': async ({ token, job }) => {
      await cancellable(job, 100)
      if (token?.startsWith('read') === true)
        throw refuse('cloudflare-permission-missing', 'Missing: Notifications Write. HTTP status 403')
      return { sentence: isPractice ? practiceTestAccepted : testAccepted }
    },
    'cloudflare.protections': async () => protections,
    'cloudflare.saveProtection': async ({ account: of, draft, planned }) => {
      const others = protections.filter((one) => one.account !== of)
      protections = [...others, { account: of, draft, planned, run: null, proof: noProof }]
      if (planned !== null) changed('cloudflare')
      return true
    },
    'cloudflare.noteFirstCertificate': async () => true,
    'cloudflare.forgetProtection': async ({ account: of }) => {
      protections = protections.filter((one) => one.account !== of)
      changed('cloudflare')
      return true
    },
    'cloudflare.runs': async () => runs.filter((run) => isPracticeAccount(run.account) === isPractice),
  }
}
