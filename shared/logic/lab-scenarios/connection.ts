import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'connection'

/** There is no answer at all. */
export const connection = {
  'too-slow': {
    group,
    title: 'Nothing comes in time',
    broken: 'The server takes the connection and says nothing. The test takes 15 seconds.',
  },
  'answer-too-slow': {
    group,
    title: 'No answer in time',
    broken: 'The server takes the request and never answers. The test takes 15 seconds.',
  },
  'connection-cut': {
    group,
    title: 'The connection is cut',
    broken: 'The connection ends before the handshake.',
  },
  'closed-without-answer': {
    group,
    title: 'The connection is closed without an answer',
    broken: 'The handshake succeeds, and the connection ends after the request.',
  },
  'plain-http-on-port': { group, title: 'Plain http on the port', broken: 'The port speaks http without encryption.' },
  'other-protocol-on-port': { group, title: 'Another protocol', broken: 'An SSH server listens on the port.' },
  'tls-version-too-old': { group, title: 'Only old TLS', broken: 'The server speaks TLS 1.1 at most.' },
  'handshake-refused': {
    group,
    title: 'The handshake is refused',
    broken: 'The server has no certificate for this name, or no cipher in common, and says “handshake failure”.',
  },
  'no-common-cipher': {
    group,
    title: 'No cipher in common',
    broken: 'The server refuses every cipher that is offered (“insufficient security”).',
  },
  'name-refused': { group, title: 'The name is refused', broken: 'The server does not know this hostname.' },
  'no-common-protocol': {
    group,
    title: 'No version of HTTP in common',
    broken: 'The server speaks neither HTTP/1.1 nor HTTP/2.',
  },
  'tls-failed': { group, title: 'TLS fails', broken: 'The server reports an internal error during the handshake.' },
  'not-http': { group, title: 'Not HTTP', broken: 'The server speaks something other than HTTP inside TLS.' },
  'headers-too-large': {
    group,
    title: 'Headers that are too large',
    broken: 'The headers of the answer are larger than Latchkey accepts.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
