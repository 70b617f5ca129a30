import type { AlertName, FailureReason } from '../../../model/attempt'
import type { CauseCode, VerdictKind, Who } from '../../../model/probe'
import type { Facts } from '../facts'
import { certain, type Hypothesis, isAfterHandshake, likely, type Support } from '../hypothesis'

const noAnswer: readonly VerdictKind[] = ['unreachable']

interface Cause {
  code: CauseCode
  who: Who
  title: string
  remedy: string
  support(facts: Facts): Support | null
  isFallback?: true
  explains?: readonly VerdictKind[]
}

const cause = ({ explains = noAnswer, title, remedy, ...rest }: Cause): Hypothesis => ({
  ...rest,
  explains,
  title: () => title,
  remedy: () => remedy,
})

/** How the attempt that decides ended without an answer; null where one came. */
const failure = ({ deciding: { attempt } }: Facts) => (attempt.outcome.kind === 'failed' ? attempt.outcome : null)

const because =
  (...reasons: FailureReason[]) =>
  (facts: Facts): Support | null => {
    const failed = failure(facts)
    return failed !== null && reasons.includes(failed.reason) ? certain(failed.detail, throughLine(facts)) : null
  }

function throughLine({ deciding: { attempt } }: Facts): string | null {
  return attempt.proxy === null ? null : `The connection went through the proxy ${attempt.proxy.address}.`
}

export const proxy: Hypothesis[] = [
  cause({
    code: 'proxy-unreachable',
    who: 'network',
    explains: ['proxy-failed'],
    support: because('proxy-unreachable'),
    title: 'The proxy cannot be reached.',
    remedy: 'Check the proxy’s address, or turn the proxy off for this site.',
  }),
  cause({
    code: 'proxy-wants-login',
    who: 'network',
    explains: ['proxy-failed'],
    support: because('proxy-wants-login'),
    title: 'The proxy wants a name and password.',
    remedy: 'Give them in the proxy’s address, or ask whoever runs the network to let this program through.',
  }),
  cause({
    code: 'proxy-refuses',
    who: 'network',
    explains: ['proxy-failed'],
    support: because('proxy-refused'),
    title: 'The proxy does not allow this connection.',
    remedy: 'Ask whoever runs the network to allow this host and port.',
  }),
  cause({
    code: 'proxy-cannot-connect',
    who: 'network',
    explains: ['proxy-failed'],
    support: because('proxy-cannot-connect'),
    title: 'The proxy cannot reach the site.',
    remedy: 'Check the spelling of the name. If it is right, ask whoever runs the network, or try without the proxy.',
  }),
  cause({
    code: 'proxy-not-used',
    who: 'network',
    // Of these, a proxy in between would have spared the connection; whatever spoke TLS was the site or something before it.
    support: (facts) => {
      const failed = failure(facts)
      const isBefore = failed !== null && beforeTls.includes(failed.reason) && !isAfterHandshake(facts.deciding)
      return facts.unusedProxy !== null && isBefore
        ? likely(failed.detail, `This computer uses the proxy ${facts.unusedProxy.address}.`)
        : null
    },
    title: 'This computer uses a SOCKS proxy, which Latchkey does not use.',
    remedy: 'Test “As the browser”, which uses it. Or set HTTPS_PROXY to an HTTP proxy, if your network has one.',
  }),
]

const beforeTls: readonly FailureReason[] = [
  'name-unknown',
  'name-server-silent',
  'connection-refused',
  'unreachable',
  'timeout',
  'connection-reset',
]

export const network: Hypothesis[] = [
  cause({
    code: 'name-not-found',
    who: 'you',
    support: because('name-unknown'),
    title: 'This name does not exist.',
    remedy: 'Check the spelling. Company names may need the VPN.',
  }),
  cause({
    code: 'name-server-unreachable',
    who: 'network',
    support: because('name-server-silent'),
    title: 'The name could not be looked up.',
    remedy:
      'No name server (DNS) answered, so nothing is known about the name. Check your connection or VPN, then try again.',
  }),
  cause({
    code: 'nobody-listens',
    who: 'you',
    support: because('connection-refused'),
    title: 'Nothing is listening at this address and port.',
    remedy: 'Check the port, or ask whether the site is running.',
  }),
  cause({
    code: 'network-unreachable',
    who: 'network',
    support: because('unreachable'),
    title: 'There is no route to this address.',
    remedy: 'Check your connection or VPN.',
  }),
  cause({
    code: 'too-slow',
    who: 'network',
    support: (facts) => (isAfterHandshake(facts.deciding) ? null : because('timeout')(facts)),
    title: 'The connection took too long.',
    remedy: 'Try again. If it keeps happening, a firewall may be dropping the connection.',
  }),
  cause({
    code: 'answer-too-slow',
    who: 'administrator',
    support: (facts) => {
      const seen = isAfterHandshake(facts.deciding) ? because('timeout')(facts) : null
      return seen === null ? null : likely(...seen.evidence, handshakeComplete)
    },
    title: 'The handshake was complete, but no answer came in time.',
    remedy:
      'Try again. If it keeps happening, ask the administrator whether the site, and what is behind it, is running.',
  }),
  cause({
    code: 'headers-too-large',
    who: 'administrator',
    support: because('headers-too-large'),
    title: 'The answer’s headers are larger than Latchkey reads.',
    remedy: 'The server was reached, and answered. Ask the administrator why its headers are so large.',
  }),
  cause({
    code: 'plain-http-on-port',
    who: 'you',
    support: (facts) => startsWith(facts, /^HTTP\/|^\s*<(?:!doctype|html)/iu),
    title: 'This port speaks http without encryption.',
    remedy: 'Check the port: https is usually 443.',
  }),
  cause({
    code: 'other-protocol-on-port',
    who: 'you',
    support: (facts) => startsWith(facts, /^(?!HTTP\/|\s*<(?:!doctype|html))/iu),
    title: 'What answers on this port is not an https site.',
    remedy: 'Check the port: https is usually 443.',
  }),
  cause({
    code: 'tls-version-too-old',
    who: 'administrator',
    support: (facts) => alertIs(facts, 'protocol_version') ?? detailMatches(facts, tooOld),
    title: 'The server speaks no TLS version that is still in use.',
    remedy: 'Browsers refuse it, too. The administrator has to turn on TLS 1.2 or 1.3.',
  }),
  cause({
    code: 'name-refused',
    who: 'administrator',
    support: (facts) => alertIs(facts, 'unrecognized_name'),
    title: 'The server does not know this name.',
    remedy: 'Check the spelling. If it is right, the administrator has to add the name to the server.',
  }),
  cause({
    code: 'no-common-protocol',
    who: 'administrator',
    support: (facts) => alertIs(facts, 'no_application_protocol'),
    title: 'The server and Latchkey have no version of HTTP in common.',
    remedy: 'The server offers neither HTTP/1.1 nor HTTP/2 on this port. Check the port, or ask the administrator.',
  }),
  cause({
    code: 'no-common-cipher',
    who: 'administrator',
    // RFC 8446 §6.2: the server requires parameters that are more secure than those that the client supports.
    support: (facts) => (isAtStart(facts) ? alertIs(facts, 'insufficient_security') : null),
    title: 'The server accepts none of the ciphers that Latchkey offers.',
    remedy: 'The administrator has to turn on ciphers that current browsers offer.',
  }),
  cause({
    code: 'handshake-refused',
    who: 'administrator',
    support: (facts) => {
      const seen = isAtStart(facts) ? alertIs(facts, 'handshake_failure') : null
      const meaning =
        'Servers send this when they have no cipher in common with the client, or no certificate for the name.'
      return seen === null ? null : likely(...seen.evidence, meaning)
    },
    title: 'The server refused the first message of the handshake.',
    remedy:
      'Check the spelling of the name. If it is right, the administrator has to check that the server has a certificate for it, and current ciphers.',
  }),
  cause({
    code: 'tls-failed',
    who: 'administrator',
    isFallback: true,
    support: (facts) => {
      const failed = failure(facts)
      if (failed?.reason !== 'tls-failed' && failed?.reason !== 'not-tls') return null
      const { alert } = facts.deciding
      return likely(alert === null ? failed.detail : endedBy(alert))
    },
    title: 'The TLS handshake failed.',
    remedy: 'Check the port. If it is right, send this report to the administrator.',
  }),
  cause({
    code: 'connection-cut',
    who: 'network',
    support: (facts) => (isAfterHandshake(facts.deciding) ? null : because('connection-reset')(facts)),
    title: 'The connection was cut.',
    remedy:
      'A firewall or proxy may be in between: try another network. If it is the same there, ask the administrator whether this port expects TLS.',
  }),
  cause({
    code: 'closed-without-answer',
    who: 'administrator',
    support: (facts) => {
      const seen = isAfterHandshake(facts.deciding) ? because('connection-reset')(facts) : null
      const meaning = 'Whether it closed the connection, or something in between did, cannot be seen from here.'
      return seen === null ? null : likely(...seen.evidence, handshakeComplete, meaning)
    },
    title: 'The connection was closed after the handshake, without an answer.',
    remedy:
      'Ask the administrator whether the site, and what is behind it, is running. If the site works from another network, a firewall or proxy may be in between.',
  }),
]

const handshakeComplete = 'The TLS handshake was complete, so the server can be reached.'

const tooOld = /UNSUPPORTED_PROTOCOL|TLSV1_ALERT_PROTOCOL_VERSION|PROTOCOL_VERSION/u

function alertIs({ deciding }: Facts, name: AlertName): Support | null {
  return deciding.alert === name && deciding.attempt.outcome.kind === 'failed' ? certain(endedBy(name)) : null
}

const endedBy = (alert: AlertName) => `The server ended the handshake: “${alert.replaceAll('_', ' ')}”.`

/** The server had not shown its certificate yet. */
const isAtStart = ({ deciding: { attempt } }: Facts) => attempt.tls === null || attempt.tls.chain.length === 0

function detailMatches(facts: Facts, pattern: RegExp): Support | null {
  const failed = failure(facts)
  return failed?.reason === 'tls-failed' && pattern.test(failed.detail) ? likely(failed.detail) : null
}

function startsWith(facts: Facts, pattern: RegExp): Support | null {
  const first = failure(facts)?.firstBytes ?? null
  return first !== null && pattern.test(first) ? certain(`It answers “${first}”.`) : null
}
