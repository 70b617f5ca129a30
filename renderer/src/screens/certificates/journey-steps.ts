import type { AppInfo } from '#shared/model/app'
import type { IdentityDetail, IdentitySummary, JourneyStep } from '#shared/model/identity'
import type { Step } from '../../components/StepLine'
import { type NextAction, type NextActionInput, nextAction } from './next-action'

const words: Record<JourneyStep, Omit<Step, 'state'>> = {
  key: { label: 'Key', act: 'Make a key', explanation: 'Your private key. It stays on this computer.' },
  requested: {
    label: 'Request',
    act: 'Send the request',
    explanation: 'What you send to the issuer (CA): your name and your public key.',
  },
  issued: {
    label: 'Issued',
    act: 'Add the certificate',
    explanation: 'The issuer signed it: this is the certificate.',
  },
  installed: {
    label: 'Installed',
    act: 'Install',
    explanation: 'Certificate and key are where your browser finds them.',
  },
  trusted: { label: 'Trusted', act: 'Trust', explanation: 'Your computer trusts it, where that is safe and needed.' },
  tested: { label: 'Tested', act: 'Test', explanation: 'A site refused without it and let you in with it.' },
}

/** Written here again: the model's own list would bring its schemas into the first screen. */
const order: JourneyStep[] = ['key', 'requested', 'issued', 'installed', 'trusted', 'tested']

const renewed = { label: 'Renewed', act: 'Renew', explanation: 'A new certificate takes the place of this one.' }
const requestedAgain = {
  label: 'New request',
  act: 'Make a new request',
  explanation: 'Another request, since this one does not lead to a certificate that lets you in.',
}

/**
 * Key → Request → Issued → Installed → Trusted → Tested; without *Trusted* where nothing has to be trusted. Where something
 * else comes next, only what is done stands before it: nobody is going to install or test this certificate.
 */
export function journeySteps(detail: NextActionInput, platform: AppInfo['platform'] | undefined, now: Date): Step[] {
  const { summary, installs } = detail
  const { journey } = summary
  const action = nextAction(detail, now)
  const hasTrust = !summary.practice && isTrustAsked(installs, platform)
  const shown = order.filter((step) => step !== 'trusted' || hasTrust)
  const toStep = (step: JourneyStep): Step => ({ ...words[step], state: journey[step] })
  const last = lastStep(action, summary)
  if (last === null) return withNext(shown.map(toStep))
  // Whether it was trusted matters no more, and seven names do not fit beside each other at 900 pixels.
  const done = order.filter((step) => step !== 'trusted' && journey[step] === 'done')
  // Its key was made once, and is gone.
  return [...done.filter((step) => step !== 'key' || action !== 'ask-again').map(toStep), last]
}

/** The step that takes the place of all that were not done; null where the certificate is on its way. */
function lastStep(action: NextAction, { replacement, id }: IdentitySummary): Step | null {
  switch (action) {
    case 'renew':
    case 'renew-soon':
    case 'await-replacement':
      return { ...renewed, state: 'next' }
    case 'follow-replacement':
      return { ...renewed, state: 'done' }
    case 'send-request':
      return replacement?.identity === id ? { ...renewed, state: 'next' } : null
    case 'ask-again':
    case 'ask-for-other-use':
      return { ...requestedAgain, state: 'next' }
    case 'wait':
    case 'install':
    case 'trust':
    case 'test':
    case 'look-at-test':
    case 'finish-renewal':
    case 'nothing':
      return null
  }
}

/** Where the next one was *Trusted*, and nothing has to be. */
function withNext(steps: Step[]): Step[] {
  if (steps.some(({ state }) => state === 'next')) return steps
  const at = steps.findIndex(({ state }) => state === 'later')
  return steps.map((step, index) => (index === at ? { ...step, state: 'next' } : step))
}

/** What the stores say, once it is in one. Until then: browsers on Linux present a certificate without it being trusted. */
function isTrustAsked(installs: IdentityDetail['installs'], platform: string | undefined): boolean {
  const here = installs.filter(({ present }) => present)
  if (here.length === 0) return platform !== 'linux'
  return here.some(({ trust }) => trust.state !== 'not-needed')
}
