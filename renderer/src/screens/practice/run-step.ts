import { countOf, formatDate, joinNames } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import { faultOfText } from '#shared/logic/name-rules'
import { shortName } from '#shared/logic/naming'
import { messages } from '#shared/messages'
import type { LabPolicy } from '#shared/model/lab'
import type { ProbeMode, VerdictKind } from '#shared/model/probe'
import { CallError, call, hasCode } from '../../api'
import { installInBestPlace } from '../../install-in-best-place'
import { newJob } from '../../progress'
import type { Step } from './practice-steps'

/** The certificate this walk is about. */
export interface Subject {
  identity: string
  name: string
}

export interface StepResult {
  /** Whether the step came to what it should. */
  held: boolean
  sentence: string
  /** What the following steps are about; null once it is gone. */
  subject?: Subject | null
  report?: string
}

/** What the walk is about, and all that it made. */
interface StepInput {
  subject: Subject | null
  made: Subject[]
}

/** Each step makes the very calls that the other screens make. */
export function runStep(step: Step, { subject, made }: StepInput): Promise<StepResult> {
  switch (step) {
    case 'lab':
      return startSite()
    case 'request':
      return makeRequest()
    case 'issue':
      return issue(present(subject))
    case 'install':
      return installInBestPlace(present(subject).identity)
    case 'test-direct':
      return test(present(subject), 'direct')
    case 'test-browser':
      return test(present(subject), 'browser')
    case 'remove':
      return remove(made)
  }
}

function present(subject: Subject | null): Subject {
  if (subject === null) throw new Error('A step was run before there was a request.')
  return subject
}

async function startSite(): Promise<StepResult> {
  const { address, running } = await call('lab.start', undefined)
  return { held: running, sentence: `It is running at ${address ?? 'an unknown address'}.` }
}

async function makeRequest(): Promise<StepResult> {
  const { fullName } = await call('app.info', undefined)
  const name = `${faultOfText(fullName, 50) === null ? fullName : 'Somebody'} (practice)`
  const made = await call('identities.request', { draft: { subject: { commonName: name } }, job: newJob() })
  return {
    held: true,
    sentence: `Made for ${quoted(made.name)}, key code ${made.keyCode}.`,
    subject: { identity: made.id, name: made.name },
  }
}

async function issue({ identity }: Subject): Promise<StepResult> {
  const outcome = await call('lab.issue', { identity })
  if (outcome.kind !== 'imported') return { held: false, sentence: 'What came back does not belong to this request.' }
  const { issuer, notAfter } = outcome.identity
  return {
    held: true,
    sentence: `Signed by ${issuer === null ? 'the practice issuer' : shortName(issuer)}, valid until ${notAfter === null ? 'unknown' : formatDate(notAfter)}.`,
  }
}

async function test({ identity, name }: Subject, mode: ProbeMode): Promise<StepResult> {
  const { host, policy, scenario } = await call('lab.state', undefined)
  if (host === null)
    throw new CallError({ code: 'lab-not-running', message: messages['lab-not-running'].title, detail: null })
  const { id, verdict, findings } = await call('connections.test', { host, identity, mode, job: newJob() })
  // The test has to name the cause, except as the browser, which does not show everything that this takes.
  const held =
    scenario === null
      ? expectedVerdicts(policy, name).includes(verdict.kind)
      : mode === 'browser' || findings[0]?.code === scenario
  return { held, sentence: verdict.sentence, report: id }
}

/** Out of the browsers first, then out of Latchkey; what somebody deleted meanwhile is gone already. */
async function remove(made: Subject[]): Promise<StepResult> {
  const places = new Set<string>()
  let areKeysGone = true
  let count = 0
  for (const { identity } of made) {
    const detail = await call('identities.detail', { identity }).catch(nullIfGone)
    if (detail === null) continue
    for (const { id, storeName } of detail.installs) {
      const { privateKey } = await call('installs.remove', { install: id })
      areKeysGone &&= privateKey !== 'unknown'
      places.add(storeName)
    }
    await call('identities.delete', { identity })
    count += 1
  }
  return { held: true, subject: null, sentence: tidied(count, [...places], areKeysGone) }
}

function nullIfGone(error: unknown): null {
  if (hasCode(error, 'not-found')) return null
  throw error
}

function tidied(count: number, places: string[], areKeysGone: boolean): string {
  if (count === 0) return 'Nothing was left to remove.'
  const what = count === 1 ? 'The practice certificate' : countOf(count, 'practice certificate')
  const verb = count === 1 ? 'is' : 'are'
  const from = places.length === 0 ? 'Latchkey' : `${joinNames(places)} and from Latchkey`
  return `${what} ${verb} removed from ${from}${areKeysGone ? ', key included' : ''}.`
}

/** What a test of the practice site must come to under its rule, for a certificate with this Common Name. */
export function expectedVerdicts({ action, rule }: LabPolicy, commonName: string): VerdictKind[] {
  if (action === 'bypass') return ['open-to-everyone']
  const matches = rule.kind === 'valid-certificate' || rule.commonNames.includes(commonName)
  if (!matches) return ['refused-although-verified', 'refused']
  return action === 'allow' ? ['login-next'] : ['let-in']
}
