import type { Finding, FindingCode } from '../model/probe'

type Words = Pick<Finding, 'title' | 'remedy' | 'who'>
const say = (who: Finding['who'], title: string, remedy: string): Words => ({ who, title, remedy })

/** Cause and remedy of each finding. `name` is the certificate's. */
export function findingWords(code: FindingCode, name: string): Words {
  return words[code](name)
}

const words: Record<FindingCode, (name: string) => Words> = {
  'hostname-not-associated': () =>
    say(
      'administrator',
      'The site does not ask for this certificate.',
      'In Zero Trust, open Access → Service auth → Mutual TLS and add exactly this hostname to the certificate’s associated hostnames. The name a CNAME points to is not enough.',
    ),
  'policy-does-not-match': (name) =>
    say(
      'administrator',
      `No rule lets “${name}” in.`,
      `Add a Common Name rule for “${name}” (or Valid Certificate) with the action Service Auth, and attach it to this application.`,
    ),
  'wrong-authority-or-chain': () =>
    say(
      'administrator',
      'Cloudflare does not know the issuer of this certificate.',
      'Upload the whole chain to Access → Service auth → Mutual TLS: the intermediate first, then the root.',
    ),
  'policy-is-login': () =>
    say(
      'administrator',
      'The rule asks for a login.',
      'If the certificate alone should be enough, set the rule’s action to Service Auth. Otherwise log in as usual.',
    ),
  'no-application': () =>
    say(
      'administrator',
      'This address needs no certificate.',
      'Create an Access application that covers this hostname and path, and check that no rule has the action Bypass.',
    ),
  'rule-lets-everybody-in': () =>
    say(
      'administrator',
      'The rules let you in without a certificate.',
      'An Access application covers this address. Require Valid Certificate or a Common Name in its rules, and remove the rule that lets in without one.',
    ),
  'edge-blocked': () =>
    say(
      'administrator',
      'Cloudflare blocked the request before Access was asked.',
      'A firewall rule refuses this program’s name (user agent). Change the rule, or test “As the browser”.',
    ),
  'certificate-expired': (name) => say('you', `“${name}” has expired.`, 'Make a new request and have it signed.'),
  'certificate-not-yet-valid': (name) =>
    say('you', `“${name}” is not valid yet.`, 'Check this computer’s clock, or wait until the date shown.'),
  'certificate-revoked': (name) =>
    say(
      'you',
      `“${name}” has been revoked.`,
      'If that was a mistake, tell your administrator. Otherwise request a new certificate.',
    ),
  'certificate-self-signed': (name) =>
    say(
      'you',
      `“${name}” is self-signed: no issuer (CA) has signed it.`,
      'Send its request to your administrator and use the certificate that the issuer (CA) signs.',
    ),
  'certificate-without-client-use': (name) =>
    say('administrator', `“${name}” is not meant for signing in.`, 'Have it issued again for client authentication.'),
  'issuer-not-accepted': () =>
    say(
      'administrator',
      'The server does not accept your certificate’s issuer.',
      'Upload the issuer (CA) of this certificate to Access, or issue the certificate from one that is listed.',
    ),
  'key-not-installed': () =>
    say(
      'you',
      'The browser did not offer the certificate.',
      'Install it on this computer (certificate and key), then restart the browser.',
    ),
  'tls-inspected': () =>
    say(
      'network',
      'Something between you and the site decrypts your connections.',
      'Turn off TLS inspection (WARP, VPN, proxy, virus scanner) for this host: your certificate cannot pass through it.',
    ),
  'server-certificate-unknown': () =>
    say(
      'you',
      'The server’s own certificate is not trusted.',
      'If this is your own test server, agree to its key. Otherwise do not continue: it may not be the site you think it is.',
    ),
  'server-name-wrong': () =>
    say(
      'you',
      'The server’s certificate is for another name.',
      'Check the address. If it is right, its administrator has to correct the server’s certificate.',
    ),
  'name-not-found': () =>
    say('you', 'This name does not exist.', 'Check the spelling. Company names may need the VPN.'),
  'name-server-unreachable': () =>
    say(
      'network',
      'The name could not be looked up.',
      'No name server (DNS) answered, so nothing is known about the name. Check your connection or VPN, then try again.',
    ),
  'nobody-listens': () =>
    say('you', 'Nothing is listening at this address and port.', 'Check the port, or ask whether the site is running.'),
  'network-unreachable': () => say('network', 'There is no route to this address.', 'Check your connection or VPN.'),
  'too-slow': () =>
    say(
      'network',
      'The answer took too long.',
      'Try again. If it keeps happening, a firewall may be dropping the connection.',
    ),
  'connection-cut': () =>
    say('network', 'The connection was cut.', 'A firewall or proxy may be in between; try another network.'),
  'not-https': () =>
    say('you', 'What answers on this port is not an https site.', 'Check the port: https is usually 443.'),
  'token-signature-invalid': () =>
    say(
      'administrator',
      'The cookie’s signature is not valid.',
      'Something between you and Cloudflare may have altered the answer. Send this report to your administrator.',
    ),
  'token-for-another-name': () => say('you', 'The cookie is for another name.', 'Check which certificate you chose.'),
}
