import { Tooltip, VisuallyHidden } from '@mantine/core'
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react'
import type { Journey as JourneyModel, JourneyStep } from '#shared/model/identity'

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

const states = {
  done: 'done',
  next: 'comes next',
  later: 'comes later',
  withheld: 'left out on purpose',
  failed: 'did not work',
} as const

/** Key → Request → Issued → Installed → Trusted → Tested. */
export function Journey({ journey }: { journey: JourneyModel }) {
  return (
    <ol className="journey" aria-label="How far this certificate is">
      {order.map((step, index) => {
        const state = journey[step]
        const { label, explanation } = words[step]
        return (
          <li key={step} className="journey-step" data-state={state}>
            <Tooltip label={`${explanation} (${states[state]})`}>
              <span className="journey-sign">
                <Sign state={state} number={index + 1} />
              </span>
            </Tooltip>
            <span>
              {label}
              <VisuallyHidden>: {states[state]}</VisuallyHidden>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function Sign({ state, number }: { state: JourneyModel[JourneyStep]; number: number }) {
  if (state === 'done') return <IconCheck size={16} stroke={3} aria-hidden />
  if (state === 'failed') return <IconX size={16} stroke={3} aria-hidden />
  if (state === 'withheld') return <IconMinus size={16} stroke={3} aria-hidden />
  return <span aria-hidden>{number}</span>
}
