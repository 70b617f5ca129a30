import type { AppInfo } from '#shared/model/app'
import type { IdentityDetail, JourneyStep } from '#shared/model/identity'
import type { Step } from '../../components/StepLine'

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

/** Key → Request → Issued → Installed → Trusted → Tested; without *Trusted* where nothing has to be trusted. */
export function journeySteps(
  { summary, installs }: Pick<IdentityDetail, 'summary' | 'installs'>,
  platform: AppInfo['platform'] | undefined,
): Step[] {
  const hasTrust = isTrustAsked(installs, platform)
  return order
    .filter((step) => step !== 'trusted' || hasTrust)
    .map((step) => ({ ...words[step], state: summary.journey[step] }))
}

/** What the stores say, once it is in one. Until then: browsers on Linux present a certificate without it being trusted. */
function isTrustAsked(installs: IdentityDetail['installs'], platform: string | undefined): boolean {
  const here = installs.filter(({ present }) => present)
  if (here.length === 0) return platform !== 'linux'
  return here.some(({ trust }) => trust.state !== 'not-needed')
}
