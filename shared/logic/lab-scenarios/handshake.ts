import type { LabScenario, LabScenarioWords } from '../../model/lab-scenario'

const group = 'handshake'
const alert = (name: string) => `The server ends the handshake with the alert “${name}” when it sees your certificate.`

/** How servers without Access refuse a certificate, or never ask for one. */
export const handshake = {
  'issuer-not-accepted': {
    group,
    title: 'Another CA is on the server’s list',
    broken: 'The server (nginx) accepts only certificates of another CA.',
  },
  'issuer-listed-but-rejected': {
    group,
    title: 'nginx rejects without saying why',
    broken: 'The server (nginx) lists your CA, but its revocation list is out of date.',
  },
  'key-type-not-accepted': {
    group,
    title: 'Only EC P-384 keys are accepted',
    broken: 'The server (nginx) takes signatures by EC P-384 keys only, and yours has another type.',
  },
  'certificate-type-unsupported': {
    group,
    title: 'Alert: unsupported certificate',
    broken: alert('unsupported certificate'),
  },
  'certificate-called-bad': { group, title: 'Alert: bad certificate', broken: alert('bad certificate') },
  'certificate-called-unacceptable': {
    group,
    title: 'Alert: certificate unknown',
    broken: alert('certificate unknown'),
  },
  'certificate-access-denied': { group, title: 'Alert: access denied', broken: alert('access denied') },
  'certificate-not-received': { group, title: 'Alert: certificate required', broken: alert('certificate required') },
  'handshake-ended-after-certificate': {
    group,
    title: 'Alert: handshake failure',
    broken: alert('handshake failure'),
  },
  'signature-not-verified': { group, title: 'Alert: decrypt error', broken: alert('decrypt error') },
  'server-error-on-certificate': { group, title: 'Alert: internal error', broken: alert('internal error') },
  'rejected-without-reason': { group, title: 'Alert: decode error', broken: alert('decode error') },
  'closed-after-certificate': {
    group,
    title: 'The connection ends without an alert',
    broken: 'The server closes the connection when it sees your certificate, as Node and stunnel do.',
  },
  'asked-after-the-request': {
    group,
    title: 'The server asks too late',
    broken: 'The server (Apache) asks for a certificate for one folder only, and so only after the request.',
  },
  'server-does-not-ask': {
    group,
    title: 'The server never asks',
    broken: 'Client certificates are not turned on, and the server answers 403.',
  },
  'tls-inspected': {
    group,
    title: 'Something inspects the connection',
    broken: 'A program in between decrypts the connection, and your certificate does not pass through it.',
  },
} as const satisfies Partial<Record<LabScenario, LabScenarioWords>>
