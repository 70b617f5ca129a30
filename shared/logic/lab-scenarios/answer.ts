import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'answer'

/** Your certificate is accepted, where there is a check at all; what comes then is the site's own. */
export const answer = {
  'refused-by-server': {
    group,
    title: '403 without a reason',
    broken: 'The site refuses everybody, and says nothing about certificates.',
  },
  'password-asked': { group, title: 'A name and password', broken: 'The site asks for a name and password as well.' },
  'not-signed-in': {
    group,
    title: '401: not signed in',
    broken: 'The site expects a sign-in, and answers 401 to everybody.',
  },
  'not-found': { group, title: '404: no such page', broken: 'The path in the address does not exist.' },
  'wrong-server-for-name': {
    group,
    title: '421: wrong server',
    broken: 'The name leads to a server that does not serve it.',
  },
  'too-many-requests': { group, title: '429: too many requests', broken: 'The application limits your requests.' },
  'server-error': { group, title: '502: bad gateway', broken: 'The application behind the site has stopped.' },
  'site-login': {
    group,
    title: 'The site’s own login page',
    broken: 'The application sends you to its own login page.',
  },
  'other-identity-provider': {
    group,
    title: 'A sign-in service',
    broken: 'The application sends you to a sign-in service.',
  },
  'sent-to-other-host': { group, title: 'Another host', broken: 'The site sends you to www.example.com.' },
  'sent-to-plain-http': {
    group,
    title: 'Back to http',
    broken: 'The site sends you to the same address without encryption.',
  },
  'redirect-loop': {
    group,
    title: 'A redirect loop',
    broken: 'The site waits for a cookie, and sends you to the same address again.',
  },
  'captive-portal': { group, title: 'A captive portal', broken: 'The network wants you to sign in first (511).' },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
