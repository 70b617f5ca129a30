import type { Verdict, VerdictKind } from '../model/probe'

type Words = (name: string) => Omit<Verdict, 'kind'>
const say = (tone: Verdict['tone'], sentence: string, explanation: string) => ({ tone, sentence, explanation })

/** What is usually so of each kind. `name` is the certificate's, in quotes. */
export const verdictWords: Record<VerdictKind, Words> = {
  'let-in': (name) =>
    say(
      'good',
      'Refused without your certificate, let in with it.',
      `Access asked for a certificate, accepted ${name} and set its cookie.`,
    ),
  'let-in-without-cookie': (name) =>
    say(
      'good',
      'Refused without your certificate, let in with it.',
      `The site accepted ${name}. It did not set the CF_Authorization cookie, so something other than Cloudflare Access may be guarding it.`,
    ),
  'login-next': (name) =>
    say(
      'good',
      'Your certificate was accepted; the login comes next.',
      `Without it the site refuses. With ${name} it goes on to the login page, as its rule asks for both.`,
    ),
  'login-either-way': () =>
    say(
      'neutral',
      'The site asks for a login.',
      'It does so with and without a certificate, so what the certificate does shows only after the login.',
    ),
  'open-to-everyone': () =>
    say(
      'attention',
      'This site lets you in without a certificate.',
      'The attempt without a certificate got in too, so from here the address is not protected.',
    ),
  refused: (name) =>
    say('bad', 'Refused, even with your certificate.', `The site answered the same with ${name} as without it.`),
  'refused-although-verified': (name) =>
    say(
      'bad',
      `Your certificate is fine. No rule lets ${name} into this application.`,
      'Cloudflare verified the certificate (MTLS Status: SUCCESS) and still refused: no rule matches it.',
    ),
  'not-asked': () =>
    say(
      'bad',
      'The site never asked for a certificate.',
      'Your certificate could not be shown, because the server did not ask for one during the handshake.',
    ),
  'not-offered': (name) =>
    say('bad', 'Your certificate was not sent.', `The site asked for one, but ${name} was not sent.`),
  'certificate-rejected': (name) =>
    say('bad', 'The site rejected your certificate.', `${name} was sent, and the server did not accept it.`),
  protected: () =>
    say(
      'good',
      'Refused without a certificate, as it should be.',
      'Choose your certificate to see whether it lets you in.',
    ),
  'server-untrusted': () =>
    say(
      'attention',
      'This server could not prove who it is.',
      'This computer does not trust its certificate, so yours was not sent.',
    ),
  unreachable: () =>
    say(
      'bad',
      'The site could not be reached.',
      'There was no answer, so nothing can be said about the certificate yet.',
    ),
  'other-answer': () =>
    say(
      'neutral',
      'The site answered, but neither let you in nor refused.',
      'Its answer is shown below. It does not look like Cloudflare Access.',
    ),
}

/** Where no certificate was chosen, nothing may be said about one. */
export const aloneWords: Partial<Record<VerdictKind, Omit<Verdict, 'kind'>>> = {
  'login-either-way': say(
    'neutral',
    'The site asks for a login.',
    'That was without a certificate. Choose yours to see whether it makes a difference.',
  ),
  'open-to-everyone': say(
    'attention',
    'This site lets you in without a certificate.',
    'This test sent none and got in, so from here the address is not protected.',
  ),
}

/** Pairs of answers that are rarer, or that leave one half open. */
export const exceptions = {
  loginSpared: (name: string) =>
    say(
      'good',
      'Sent to the login without your certificate, let in with it.',
      `The site accepted ${name} in place of a login.`,
    ),
  inWithoutComparison: (name: string) =>
    say(
      'attention',
      'Let in with your certificate.',
      `The site let ${name} in. Without it there was no clear answer, so whether others are refused is not known.`,
    ),
  loginWithoutComparison: say(
    'neutral',
    'The site asks for a login.',
    'It does so with your certificate; without it there was no clear answer. What the certificate does shows only after the login.',
  ),
  serverChanged: (name: string) =>
    say(
      'bad',
      'Another server answered the second time.',
      `It could not prove who it is. It has seen ${name}, but was sent nothing more, and never the private key.`,
    ),
  openButForYou: (name: string) =>
    say(
      'attention',
      'This site lets you in without a certificate.',
      `The attempt without one got in, while the one with ${name} was sent to the login.`,
    ),
  refusedOnlyWith: (name: string) =>
    say(
      'bad',
      'Refused with your certificate, let in without it.',
      `The site refuses ${name}, although it needs no certificate.`,
    ),
  refusedWithoutComparison: (name: string) =>
    say('bad', 'Refused with your certificate.', `The site refused ${name}, and gave a different answer without it.`),
  failedOnlyWith: (name: string) =>
    say(
      'bad',
      'With your certificate there was no answer.',
      `Without it the site answers, so it can be reached; the connection with ${name} got no answer.`,
    ),
  behindTheDoor: (status: number) =>
    say(
      'attention',
      `Your certificate seems to be accepted; the site then answered ${status}.`,
      'Without it you are refused, with it you are not. The problem seems to be in the site itself.',
    ),
  unclear: say(
    'neutral',
    'The site answered, but neither let you in nor refused.',
    'Its answer is shown below. Cloudflare Access answered, but does not say whether it accepted the certificate.',
  ),
}
