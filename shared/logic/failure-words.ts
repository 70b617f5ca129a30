import type { FailureReason } from '../model/attempt'

/** Why no answer came, in a short sentence for the side where it happened. */
export const failureWords: Record<FailureReason, string> = {
  'name-unknown': 'This name does not exist.',
  'name-server-silent': 'The name could not be looked up.',
  'connection-refused': 'Nothing is listening on this port.',
  unreachable: 'There is no route to this address.',
  timeout: 'No answer in time.',
  'connection-reset': 'The connection was cut.',
  'server-untrusted': 'The server’s own certificate is not trusted.',
  'server-name-mismatch': 'The server’s certificate is for another name.',
  'certificate-rejected': 'The certificate was rejected.',
  'certificate-demanded': 'Refused: the server insists on a certificate.',
  'tls-failed': 'The TLS handshake failed.',
  'not-tls': 'Something answers on this port, but without TLS.',
  'headers-too-large': 'It answered with headers that are too large to read.',
  'proxy-unreachable': 'The proxy could not be reached.',
  'proxy-wants-login': 'The proxy wants a name and password.',
  'proxy-refused': 'The proxy refused the connection.',
  'proxy-cannot-connect': 'The proxy could not reach the site.',
  'not-http': 'Something answers on this port, but it is not a website.',
  'certificate-not-offered': 'The certificate was not offered.',
  cancelled: 'Cancelled.',
}
