import type { PathReason, PathRule } from '../model/path'

export interface PathWords {
  /** What is wrong, as one sentence. */
  sentence: string
  /** What to do about it. */
  remedy: string
}

/** A certificate of the path by its name, or what was given as a whole. */
type Sentence = (about: string) => string

const words: Record<PathRule, [Sentence, string]> = {
  'no-issuer': [
    (about) => `The issuer’s certificate for ${about} is missing.`,
    'Ask the issuer (CA) for its certificate and every certificate above it, and add them.',
  ],
  'untrusted-root': [
    (about) => `The path ends at ${about}, which is not trusted.`,
    'Compare its fingerprint with the issuer (CA). If it is genuine, name it as a root.',
  ],
  signature: [
    (about) => `The signature of ${about} is wrong.`,
    'The file was altered, or another issuer with the same name signed it. Ask for the certificate again.',
  ],
  'signature-unchecked': [
    (about) => `The signature of ${about} cannot be checked here.`,
    'Check it with the software of its issuer (CA), or have it issued again with RSA or ECDSA and SHA-256.',
  ],
  'not-yet-valid': [
    (about) => `${about} is not valid yet.`,
    'Check this computer’s clock. If it is right, wait until the certificate is valid or ask for another one.',
  ],
  expired: [(about) => `${about} has expired.`, 'Renew it, and replace it wherever it was uploaded or installed.'],
  'issuer-name': [
    (about) => `${about} does not name the issuer that signed it.`,
    'The issuer (CA) has to issue it again, with exactly its own subject as the issuer’s name.',
  ],
  'not-authority': [
    (about) => `${about} issued a certificate, but it is not an issuer (CA).`,
    'Its own issuer has to issue it again with CA:TRUE, or another issuer has to sign.',
  ],
  'path-length': [
    (about) => `There are more issuers below ${about} than it allows.`,
    'Sign with a higher issuer (CA), or have the limit raised.',
  ],
  'key-usage': [
    (about) => `The key usage of ${about} does not allow what it is used for.`,
    'An issuer needs “certificate signing”, a client certificate “digital signature”. It has to be issued again.',
  ],
  'extended-key-usage': [
    (about) => `${about} is not meant for client authentication.`,
    'It has to be issued again with client authentication (1.3.6.1.5.5.7.3.2) among its uses, or without any restriction.',
  ],
  'name-constraints': [
    (about) => `${about} has a name that an issuer above it does not allow.`,
    'Ask for a certificate with permitted names, or use an issuer (CA) without that limit.',
  ],
  'certificate-policies': [
    (about) => `${about} has no certificate policy, though an issuer above it requires one.`,
    'Ask the issuer (CA) for a certificate with one of its policies.',
  ],
  'unknown-critical-extension': [
    (about) => `${about} has a critical extension that is not understood.`,
    'Ask its issuer (CA) what the extension is for, or for a certificate without it.',
  ],
  malformed: [
    (about) => (about === '' ? 'Part of the input cannot be read.' : `A part of ${about} cannot be read.`),
    'Ask for the file again. If that does not help, the software that made it is at fault.',
  ],
  'algorithm-refused': [
    (about) => `${about} uses an algorithm that Access refuses.`,
    'Have it issued again with RSA or ECDSA (P-256, P-384, P-521) and SHA-256.',
  ],
  'weak-key': [
    (about) => `The key of ${about} is too short.`,
    'Create a new key (RSA 2048 or more, or P-256) and have a certificate issued for it.',
  ],
  revoked: [
    (about) => `${about} was revoked by its issuer.`,
    'Stop using it, and ask the issuer (CA) for the reason and for a new one.',
  ],
  'revocation-unknown': [
    (about) => `It is not known whether ${about} was revoked.`,
    'Add the current CRL of its issuer, if there is one.',
  ],
  'crl-issuer': [
    (about) =>
      about === ''
        ? 'A CRL belongs to another issuer.'
        : `The CRL for ${about} was not signed by an issuer that may sign it.`,
    'Use the CRL that the issuer (CA) publishes; its signer needs the key usage “CRL signing”.',
  ],
  'crl-signature': [
    (about) => `The signature of the CRL for ${about} is wrong.`,
    'Fetch the CRL again. If that does not help, the issuer (CA) has another key under the same name.',
  ],
  'crl-signature-unchecked': [
    (about) => `The signature of the CRL for ${about} cannot be checked here.`,
    'Use a CRL that is signed with RSA or ECDSA and SHA-256, if the issuer (CA) publishes one.',
  ],
  'crl-malformed': [
    (about) => `A part of the CRL for ${about} cannot be read, or does not follow the standard.`,
    'Fetch the CRL again. If that does not help, the software that made it is at fault.',
  ],
  'crl-expired': [
    (about) => `The CRL for ${about} is out of date.`,
    'Fetch the current CRL. If you are the issuer, publish a new one before the old one expires.',
  ],
  'crl-not-yet-valid': [
    (about) => `The CRL for ${about} is dated in the future.`,
    'Check this computer’s clock and that of the issuer (CA).',
  ],
  'crl-delta': [
    (about) => `The CRL for ${about} lists only changes (a delta CRL).`,
    'Use the full CRL of the issuer instead; delta CRLs are not applied.',
  ],
  'crl-indirect': [
    (about) => `The CRL for ${about} covers several issuers (an indirect CRL).`,
    'Use the issuer’s own CRL instead; indirect CRLs are not applied.',
  ],
  'crl-partitioned': [
    (about) => `The CRL for ${about} covers only some certificates or reasons.`,
    'Add the CRLs for the other reasons, or use one that covers everything the issuer signed.',
  ],
  'crl-unknown-critical-extension': [
    (about) => `The CRL for ${about} has a critical extension that is not understood.`,
    'Ask the issuer (CA) for a CRL without that extension.',
  ],
}

/** A reason in plain words. Names are quoted; the fact itself is in the reason’s evidence. */
export function pathWords({ rule, about }: Pick<PathReason, 'rule' | 'about'>): PathWords {
  const [sentence, remedy] = words[rule]
  return { sentence: sentence(about === '' ? '' : `“${about}”`), remedy }
}

/** What does not stop it is worded by what it means then; where that is the same, by the rule's own sentence. */
const milder: Partial<Record<PathRule, Sentence>> = {
  'extended-key-usage': (about) => `${about} does not limit what it may be used for.`,
}

/** A note in plain words: nothing has to be done about it. */
export function noteWords({ rule, about }: Pick<PathReason, 'rule' | 'about'>): string {
  return milder[rule]?.(`“${about}”`) ?? pathWords({ rule, about }).sentence
}
