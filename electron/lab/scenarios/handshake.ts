import { createRoot } from '#electron/pki/authority/root'
import { certificatePem } from '#electron/pki/x509/pem'
import type { LabScenario } from '#shared/model/lab-scenario'
import { lifetimeDays, named } from '../pki'
import type { Page, Reply, Scenario } from './scenario'
import { inspected, ofP384 } from './server-certificates'

/** nginx answers in place of an alert (ngx_http_special_response.c), and never says why. */
const nginx = (isShown: boolean): Reply => ({
  status: 400,
  body: `<html><head><title>400 ${isShown ? 'The SSL certificate error' : 'No required SSL certificate was sent'}</title></head></html>`,
})

const nginxWithout = () => nginx(false)

/** Apache's words where it wanted to ask after the request (mod_ssl, `ssl_hook_Access`). */
const apache: Page = { status: 403, body: '<p>Reason: Cannot perform Post-Handshake Authentication.</p>' }

async function otherIssuer(now: Date): Promise<string[]> {
  const root = await createRoot({ algorithm: 'p-256', days: lifetimeDays, now, subject: named('Somebody Else’s CA') })
  return [certificatePem(root.certificate)]
}

/** Alerts by their numbers (RFC 8446 §6). */
export const handshake = {
  'issuer-not-accepted': { issuers: otherIssuer, everyone: nginx },
  'issuer-listed-but-rejected': { everyone: nginx },
  'key-type-not-accepted': { signatureScheme: 'ecdsa_secp384r1_sha384', certificate: ofP384, everyone: nginxWithout },
  'certificate-type-unsupported': { alert: 43 },
  'certificate-called-bad': { alert: 42 },
  'certificate-called-unacceptable': { alert: 46 },
  'certificate-access-denied': { alert: 49 },
  'certificate-not-received': { alert: 116 },
  'handshake-ended-after-certificate': { alert: 40 },
  'signature-not-verified': { alert: 51 },
  'server-error-on-certificate': { alert: 80 },
  'rejected-without-reason': { alert: 50 },
  'closed-after-certificate': { alert: null },
  'asked-after-the-request': { asks: false, everyone: () => apache },
  'server-does-not-ask': { asks: false, everyone: () => ({ status: 403, body: '<h1>Forbidden</h1>' }) },
  'tls-inspected': { asks: false, certificate: inspected },
} as const satisfies Partial<Record<LabScenario, Scenario>>
