import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'server-certificate'

/** What can be wrong with the certificate of the server itself. */
export const serverCertificate = {
  'server-certificate-expired': {
    group,
    title: 'It has expired',
    broken: 'The server’s certificate expired yesterday.',
  },
  'server-certificate-not-yet-valid': {
    group,
    title: 'It is not valid yet',
    broken: 'The server’s certificate is valid from tomorrow.',
  },
  'server-certificate-incomplete': {
    group,
    title: 'Its intermediate is missing',
    broken: 'The server sends its certificate without the intermediate that issued it.',
  },
  'server-certificate-wrong-use': {
    group,
    title: 'It is not for servers',
    broken: 'The server has a certificate for clients.',
  },
  'server-certificate-wrong-name': {
    group,
    title: 'It is for another name',
    broken: 'The server’s certificate is for another hostname.',
  },
  'server-certificate-self-signed': {
    group,
    title: 'It is self-signed',
    broken: 'The server signed its own certificate.',
  },
  'server-certificate-private-root': {
    group,
    title: 'Its root is unknown',
    broken: 'The server’s certificate comes from a root that this computer does not trust.',
  },
  'server-certificate-too-weak': {
    group,
    title: 'It is signed with SHA-1',
    broken: 'The server’s certificate is signed with an algorithm that browsers no longer accept.',
  },
  'server-certificate-unreadable': {
    group,
    title: 'It is damaged',
    broken: 'The server sends something that no program can read as a certificate.',
  },
  'server-certificate-changed': {
    group,
    title: 'Another server answers the second time',
    broken: 'Every second connection reaches a server with an untrusted certificate.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
