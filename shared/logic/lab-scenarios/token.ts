import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'token'

/** You are let in, with a cookie that Access cannot have set. */
export const token = {
  'token-signature-invalid': {
    group,
    title: 'The cookie has a wrong signature',
    broken: 'The Access cookie is signed with a different key from the one it names.',
  },
  'token-algorithm-refused': {
    group,
    title: 'The cookie is not signed',
    broken: 'The Access cookie says that it needs no signature (“alg”: “none”).',
  },
  'token-key-unknown': {
    group,
    title: 'The cookie names an unknown key',
    broken: 'The Access cookie is signed with a key that the team does not publish.',
  },
  'token-expired': { group, title: 'The cookie has expired', broken: 'The Access cookie expired an hour ago.' },
  'token-not-yet-valid': {
    group,
    title: 'The cookie is not valid yet',
    broken: 'The Access cookie is valid from tomorrow.',
  },
  'token-for-other-application': {
    group,
    title: 'The cookie is for another application',
    broken: 'The Access cookie has the audience (AUD) of another application.',
  },
  'token-from-other-issuer': {
    group,
    title: 'The cookie is from another team',
    broken: 'The Access cookie was issued by https://elsewhere.example.',
  },
  'token-for-another-name': {
    group,
    title: 'The cookie is for somebody else',
    broken: 'The Access cookie names “Somebody Else”.',
  },
  'cookie-is-no-token': {
    group,
    title: 'The cookie is not a token',
    broken: 'The Access cookie contains something other than a token.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
