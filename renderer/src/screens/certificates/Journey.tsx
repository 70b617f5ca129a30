import type { Journey as JourneyModel, JourneyStep } from '#shared/model/identity'
import { StepLine } from '../../components/StepLine'

const words: Record<JourneyStep, { label: string; explanation: string }> = {
  key: { label: 'Key', explanation: 'Your private key. It stays on this computer.' },
  requested: { label: 'Request', explanation: 'What you send to the issuer (CA): your name and your public key.' },
  issued: { label: 'Issued', explanation: 'The issuer signed it: this is the certificate.' },
  installed: { label: 'Installed', explanation: 'Certificate and key are where your browser finds them.' },
  trusted: { label: 'Trusted', explanation: 'Your computer accepts it as yours, as far as that is safe and needed.' },
  tested: { label: 'Tested', explanation: 'A site refused without it and let you in with it.' },
}

/** Written here again: the model's own list would bring its schemas into the first screen. */
const order: JourneyStep[] = ['key', 'requested', 'issued', 'installed', 'trusted', 'tested']

/** Key → Request → Issued → Installed → Trusted → Tested. */
export function Journey({ journey }: { journey: JourneyModel }) {
  const steps = order.map((step) => ({ ...words[step], state: journey[step] }))
  return <StepLine label="How far this certificate is" steps={steps} />
}
