import type { FailureReason } from '../model/probe'

/** Why no answer came, in a short sentence for the side where it happened. */
export const failureWords: Record<FailureReason, string> = {
  'name-unknown': 'The name is not known.',
  'name-server-silent': 'The name could not be looked up.',
  'connection-refused': 'Nobody listens there.',
  unreachable: 'The network does not lead there.',
  timeout: 'No answer in time.',
  'connection-reset': 'The connection was cut.',
  'server-untrusted': 'The server’s own certificate is not trusted.',
  'server-name-mismatch': 'The server’s certificate is for another name.',
  'certificate-rejected': 'The certificate was rejected.',
  'certificate-demanded': 'Refused: the server insists on a certificate.',
  'tls-failed': 'No secure connection came about.',
  'not-http': 'Something answers there, but it is not a web site.',
  'certificate-not-offered': 'The certificate was not offered.',
  cancelled: 'Cancelled.',
}
