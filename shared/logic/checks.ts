import type { Check, CheckCode } from '../model/certificate'

export interface CheckWords {
  title: string
  explanation: string
}

type Words = Record<'good' | 'bad', CheckWords>

const words: Record<CheckCode, Words> = {
  'matches-key': {
    good: { title: 'Belongs to your key', explanation: 'The certificate was made for a private key that you have.' },
    bad: {
      title: 'Belongs to another key',
      explanation: 'This certificate belongs to another key, so it cannot be used here.',
    },
  },
  'not-authority': {
    good: { title: 'A personal certificate', explanation: 'It cannot issue other certificates, as it should be.' },
    bad: {
      title: 'An issuer’s certificate',
      explanation: 'This is the certificate of an issuer (CA), not one for a person or device.',
    },
  },
  validity: {
    good: { title: 'Valid today', explanation: 'It is within its validity dates.' },
    bad: {
      title: 'Not valid today',
      explanation: 'It is outside its validity dates. Check this computer’s clock, or ask for a new certificate.',
    },
  },
  'client-use': {
    good: {
      title: 'May be used to sign in',
      explanation: 'It allows client authentication, or does not restrict its use.',
    },
    bad: {
      title: 'Not meant for signing in',
      explanation: 'Client authentication is not among its uses, so browsers will not offer it.',
    },
  },
  'signature-accepted': {
    good: {
      title: 'Signed in a way that Access accepts',
      explanation: 'The signature algorithm is on Cloudflare’s list.',
    },
    bad: {
      title: 'Access refuses this signature',
      explanation: 'The signature algorithm is not on Cloudflare’s list. The issuer has to sign with RSA or ECDSA.',
    },
  },
  'chain-complete': {
    good: { title: 'All issuers are here', explanation: 'Every certificate up to the root is known.' },
    bad: {
      title: 'An issuer’s certificate is missing',
      explanation:
        'That is often fine: Access has its own copy. If browsers do not offer the certificate, ask for the issuer’s certificate too and drop it here.',
    },
  },
  'issuers-valid': {
    good: { title: 'Its issuers are valid today', explanation: 'Every issuer is within its validity dates.' },
    bad: {
      title: 'An issuer is not valid today',
      explanation:
        'Servers may refuse the certificate because of it. Ask for the renewed certificate of this issuer and add it.',
    },
  },
  'version-3': {
    good: { title: 'A current format', explanation: 'X.509 version 3.' },
    bad: {
      title: 'An old format',
      explanation:
        'X.509 version 1 cannot restrict what a certificate is used for. It works with Access, but Latchkey never makes your computer trust it.',
    },
  },
  'maker-had-key': {
    good: { title: 'Your key was made here', explanation: 'The private key did not come in a file.' },
    bad: {
      title: 'Whoever made this file has had your private key',
      explanation:
        'The key came inside the file. If that is not what you want, make a request here instead: then the key never leaves this computer.',
    },
  },
  'subject-as-requested': {
    good: { title: 'Issued to the name you asked for', explanation: 'The Common Name is the requested one.' },
    bad: {
      title: 'Issued to another name',
      explanation: 'The issuer changed the Common Name. Rules for a Common Name check this one.',
    },
  },
  'named-issuer': {
    good: {
      title: 'Issued by the CA that your administrator named',
      explanation: 'An issuer of this certificate has a fingerprint that was named when it was requested.',
    },
    bad: {
      title: 'Issued by a CA other than the one your administrator named',
      explanation:
        'No issuer of this certificate has a fingerprint that was named when it was requested. Ask your administrator before you install it.',
    },
  },
  'issuer-not-compared': {
    good: { title: 'Compared with the CA that your administrator named', explanation: 'Its issuers are here.' },
    bad: {
      title: 'Not compared with the CA that your administrator named',
      explanation:
        'The fingerprint of a CA was named when it was requested, and the certificate of an issuer is missing here. Ask for it and drop it here.',
    },
  },
}

/** A check in plain words. A note that no use is named reads as good news. */
export function checkWords(check: Check): CheckWords {
  const reassuring = check.outcome === 'pass' || (check.outcome === 'note' && check.code === 'client-use')
  return words[check.code][reassuring ? 'good' : 'bad']
}

/** What a comparison with the CAs of a set-up file came to, unless it is one of them; null also where none were named. */
export const issuerDoubt = (checks: readonly Check[]): Check | null =>
  checks.find(
    ({ code, outcome }) => (code === 'named-issuer' || code === 'issuer-not-compared') && outcome !== 'pass',
  ) ?? null
