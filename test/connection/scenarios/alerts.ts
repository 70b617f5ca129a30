import { alerts, startAlertAtHello, startTampered, type TamperedOptions } from '../../support/servers/tampered'
import type { Scenario, StartServer } from '../scenario'

/** Alerts by name, whatever server would send them. Whoever shows no certificate is told that one is required. */

type Changes = Partial<Omit<TamperedOptions, 'identity' | 'clientCa'>> & { withoutList?: boolean }

const refusing =
  (alert: number | null, { withoutList = false, ...changes }: Changes = {}): StartServer =>
  (pki) =>
    startTampered({
      identity: pki.server.usual,
      version: 'TLSv1.3',
      alert,
      otherwise: changes.version === 'TLSv1.2' ? alerts.handshakeFailure : alerts.certificateRequired,
      ...(withoutList ? {} : { clientCa: pki.clientCa }),
      ...changes,
    })

const good = { certificate: 'good' } as const
const none = { certificate: null } as const
const race = { race: true } as const
const sample = { sample: true } as const
const tls12 = { version: 'TLSv1.2' } as const

const scenarios: Scenario[] = [
  { name: 'alert bad_certificate', server: refusing(alerts.badCertificate), ...good, ...sample },
  {
    name: 'alert bad_certificate, then a reset',
    server: refusing(alerts.badCertificate, { resets: true }),
    ...good,
    ...race,
  },
  { name: 'alert bad_certificate, TLS 1.2', server: refusing(alerts.badCertificate, tls12), ...good },
  { name: 'alert unsupported_certificate', server: refusing(alerts.unsupportedCertificate), ...good, ...sample },
  {
    name: 'alert unsupported_certificate for one without client use',
    server: refusing(alerts.unsupportedCertificate),
    certificate: 'forServersOnly',
  },
  { name: 'alert certificate_revoked', server: refusing(alerts.certificateRevoked), ...good },
  { name: 'alert certificate_revoked, TLS 1.2', server: refusing(alerts.certificateRevoked, tls12), ...good },
  { name: 'alert certificate_expired for a valid one', server: refusing(alerts.certificateExpired), ...good },
  {
    name: 'alert certificate_expired for an expired one',
    server: refusing(alerts.certificateExpired),
    certificate: 'expired',
  },
  {
    name: 'alert certificate_expired for one of an expired issuer',
    server: refusing(alerts.certificateExpired),
    certificate: 'ofExpiredIssuer',
  },
  { name: 'alert certificate_expired, TLS 1.2', server: refusing(alerts.certificateExpired, tls12), ...good },
  { name: 'alert certificate_unknown', server: refusing(alerts.certificateUnknown), ...good, ...sample },
  { name: 'alert unknown_ca, issuer listed', server: refusing(alerts.unknownCa), ...good },
  { name: 'alert unknown_ca, no list', server: refusing(alerts.unknownCa, { withoutList: true }), ...good },
  {
    name: 'alert unknown_ca, issuer not listed, then a reset',
    server: refusing(alerts.unknownCa, { resets: true }),
    certificate: 'foreign',
    ...race,
  },
  { name: 'alert unknown_ca, TLS 1.2', server: refusing(alerts.unknownCa, { ...tls12, withoutList: true }), ...good },
  { name: 'alert access_denied', server: refusing(alerts.accessDenied), ...good, ...sample },
  { name: 'alert decrypt_error', server: refusing(alerts.decryptError), ...good, ...sample },
  { name: 'alert handshake_failure', server: refusing(alerts.handshakeFailure), ...good, ...sample },
  { name: 'alert handshake_failure, TLS 1.2', server: refusing(alerts.handshakeFailure, tls12), ...good },
  {
    name: 'alert certificate_required although one was sent',
    server: refusing(alerts.certificateRequired),
    ...good,
    ...sample,
  },
  { name: 'alert internal_error for a certificate', server: refusing(alerts.internalError), ...good, ...sample },
  {
    name: 'alert illegal_parameter for a certificate',
    server: refusing(alerts.illegalParameter),
    ...good,
    ...sample,
  },
  { name: 'cut behind the certificate', server: refusing(null), ...good, ...race, ...sample },
  { name: 'reset behind the certificate', server: refusing(null, { resets: true }), ...good, ...race },
  { name: 'cut behind the certificate, TLS 1.2', server: refusing(null, tls12), ...good },
  { name: 'alert certificate_required, none chosen', server: refusing(alerts.badCertificate), ...none },
  { name: 'alert handshake_failure, none chosen, TLS 1.2', server: refusing(alerts.badCertificate, tls12), ...none },
  {
    name: 'alert bad_certificate, none chosen',
    server: refusing(alerts.badCertificate, { otherwise: alerts.badCertificate }),
    ...none,
  },
  { name: 'cut behind no certificate, none chosen', server: refusing(null, { otherwise: null }), ...none, ...race },

  {
    name: 'alert handshake_failure at the hello',
    server: () => startAlertAtHello(alerts.handshakeFailure),
    ...good,
    ...sample,
  },
  {
    name: 'alert insufficient_security at the hello',
    server: () => startAlertAtHello(alerts.insufficientSecurity),
    ...good,
    ...sample,
  },
  { name: 'alert protocol_version at the hello', server: () => startAlertAtHello(alerts.protocolVersion), ...none },
  { name: 'alert unrecognized_name at the hello', server: () => startAlertAtHello(alerts.unrecognizedName), ...good },
  {
    name: 'alert no_application_protocol at the hello',
    server: () => startAlertAtHello(alerts.noApplicationProtocol),
    ...good,
  },
  {
    name: 'alert internal_error at the hello',
    server: () => startAlertAtHello(alerts.internalError),
    ...good,
    ...sample,
  },
  { name: 'alert illegal_parameter at the hello', server: () => startAlertAtHello(alerts.illegalParameter), ...none },
  { name: 'alert access_denied at the hello', server: () => startAlertAtHello(alerts.accessDenied), ...good },
]

/** Their server reseals records of this process' own TLS, which holds for OpenSSL's order of messages alone. */
export const alertsByName = scenarios.map((scenario): Scenario => ({ ...scenario, onOpensslOnly: true }))
