import type { Call } from '#shared/ipc/contract'
import { isProof } from '#shared/logic/verdict-groups'
import { messages } from '#shared/messages'
import type { Host } from '#shared/model/host'
import { call, failureFrom } from '../../../api'
import { installInBestPlace } from '../../../install-in-best-place'
import { newJob } from '../../../progress'
import { type Proof, type ProofStep, type StepOutcome, sentences } from './proof'
import type { Protection } from './typed-protection'

export interface ProofInput {
  commonName: string
  signature: Omit<Call<'authorities.issueToIdentity'>, 'identity'>
  installs: boolean
  isPractice: boolean
}

type Planned = NonNullable<Protection['planned']>

/**
 * Issues the first certificate, installs it and tests the site without and with it, by the very calls that the other screens
 * make. What was done by an earlier try is not done again. `show` hears of each step.
 */
export async function prove(
  account: string,
  site: Planned,
  input: ProofInput,
  before: Proof,
  show: (proof: Proof) => void,
): Promise<void> {
  let proof: Proof = { ...before, steps: {}, report: null, isProven: false, error: null }
  const update = (change: Partial<Proof>) => {
    proof = { ...proof, ...change }
    show(proof)
  }
  const note = (step: ProofStep, state: StepOutcome['state'], sentence: string) =>
    update({ steps: { ...proof.steps, [step]: { state, sentence } } })
  let step: ProofStep = 'request'
  try {
    note(step, 'running', '')
    const identity = proof.identity ?? (await makeRequest(account, input.commonName))
    update({ identity })
    note(step, 'done', sentences.request)

    step = 'sign'
    note(step, 'running', '')
    if (!proof.isSigned) await call('authorities.issueToIdentity', { ...input.signature, identity })
    update({ isSigned: true })
    note(step, 'done', sentences.sign)

    if (input.installs) {
      step = 'install'
      note(step, 'running', '')
      // A test shows the certificate without an installation as well.
      const { held, sentence } = await installInBestPlace(identity).catch((error: unknown) => ({
        held: false,
        sentence: words(error),
      }))
      note(step, held ? 'done' : 'failed', sentence)
    }

    step = 'test'
    note(step, 'running', '')
    const host = input.isPractice ? await startPracticeSite() : await hostOf(site)
    const { id, verdict } = await call('connections.test', { host, identity, mode: 'direct', job: newJob() })
    const isProven = isProof(verdict.kind)
    note(step, isProven ? 'done' : 'failed', verdict.sentence)
    update({ report: id, isProven })
  } catch (error) {
    note(step, 'failed', words(error))
    update({ error })
  }
}

/** What happened, and what to do about it. */
function words(error: unknown): string {
  const { code, message } = failureFrom(error)
  return `${message} ${messages[code].remedy}`
}

/** The name is kept before the key is made, so that the key is found should Latchkey end in between. */
async function makeRequest(account: string, commonName: string): Promise<string> {
  await call('cloudflare.noteFirstCertificate', { account, commonName, identity: null })
  const { id } = await call('identities.request', { draft: { subject: { commonName } }, job: newJob() })
  await call('cloudflare.noteFirstCertificate', { account, commonName, identity: id })
  return id
}

async function startPracticeSite(): Promise<string> {
  const { host } = await call('lab.start', undefined)
  if (host === null) throw new Error('The practice site was started without a place in the list of sites.')
  return host
}

/** The site in the list of sites; it is added where it is not there. */
async function hostOf({ hostname, path }: Planned): Promise<string> {
  const { rows } = await call('hosts.list', { limit: 200, search: hostname })
  // A site of another port, or one that is reached somewhere else, proves nothing about this one.
  const isIt = (host: Host) =>
    !host.practice &&
    host.hostname === hostname &&
    host.port === 443 &&
    host.connectTo === null &&
    host.path === (path === '' ? '/' : path)
  const known = rows.find(isIt) ?? (await call('hosts.save', { id: null, address: `https://${hostname}${path}` }))
  return known.id
}
