/** The practice journey, in order. The names are also how automation finds each step in the page. */
export const steps = ['lab', 'request', 'issue', 'install', 'test-direct', 'test-browser', 'remove'] as const
export type Step = (typeof steps)[number]

/** What leads to a tested certificate. Cleaning up is left to the person, who may want to look at it first. */
export const journey: readonly Step[] = steps.filter((step) => step !== 'remove')

interface StepWords {
  title: string
  explanation: string
  action: string
}

export const stepWords: Record<Step, StepWords> = {
  lab: {
    title: 'Start the practice site',
    explanation:
      'A site on this computer that behaves like one behind Cloudflare Access. Nothing leaves this computer.',
    action: 'Start',
  },
  request: {
    title: 'Create a key and a request',
    explanation: 'The private key stays in Latchkey. Only the request goes to the issuer.',
    action: 'Create',
  },
  issue: {
    title: 'Have the request signed',
    explanation:
      'Usually your administrator does this and sends a certificate back. Here the practice issuer signs at once.',
    action: 'Sign',
  },
  install: {
    title: 'Install the certificate',
    explanation:
      'Certificate and key go where your browsers look for them. Practice certificates are never trusted by your computer.',
    action: 'Install',
  },
  'test-direct': {
    title: 'Test the connection',
    explanation: 'Two connections, one without your certificate and one with it, side by side.',
    action: 'Test directly',
  },
  'test-browser': {
    title: 'Test it as the browser',
    explanation: 'The same with a browser engine, which takes the certificate from where it was installed.',
    action: 'Test as the browser',
  },
  remove: {
    title: 'Clean up',
    explanation:
      'Removes the practice certificates made here, with their keys, from your browsers and deletes them from Latchkey.',
    action: 'Remove',
  },
}

/** What has to be done before a step makes sense. */
export const needs: Record<Step, Step[]> = {
  lab: [],
  request: [],
  issue: ['lab', 'request'],
  install: ['issue'],
  'test-direct': ['lab', 'issue'],
  'test-browser': ['lab', 'install'],
  remove: ['install'],
}

/** Steps whose result no longer holds once `changed` is done again. */
export function dependentsOf(changed: Step): Step[] {
  const direct = steps.filter((step) => needs[step].includes(changed))
  return steps.filter((step) => direct.includes(step) || direct.some((between) => dependentsOf(between).includes(step)))
}
