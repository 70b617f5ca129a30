import type { Finding, Verdict, VerdictKind } from '../../model/probe'
import type { Facts } from './facts'
import { isCutEitherWay, nameOf } from './hypothesis'
import { isGate } from './verdict-kind'

type Words = Omit<Verdict, 'kind'>
type Tone = Verdict['tone']

const tones: Record<VerdictKind, Tone> = {
  'let-in': 'good',
  'let-in-without-cookie': 'good',
  'let-in-only-tried': 'good',
  'login-next': 'good',
  protected: 'good',
  'token-unverified': 'attention',
  'token-wrong': 'bad',
  'open-to-everyone': 'attention',
  'site-error': 'attention',
  'login-either-way': 'neutral',
  redirected: 'neutral',
  refused: 'bad',
  'refused-although-verified': 'bad',
  'refused-unproven': 'neutral',
  'not-asked': 'bad',
  'not-offered': 'bad',
  'certificate-rejected': 'bad',
  'server-untrusted': 'attention',
  'proxy-failed': 'bad',
  unreachable: 'bad',
  'other-answer': 'neutral',
}

/** The headline names the cause where there is one; what is so stands below it. */
export function verdictWords(kind: VerdictKind, facts: Facts, cause: Finding | null): Words {
  const [sentence, explanation] = usual(kind, facts)
  const tone = tones[kind]
  // Which of the two it was, a refusal or a fault, is what cannot be seen.
  const lead = cause?.code === 'closed-after-certificate' ? '' : leads[kind]
  if (cause === null || lead === null) return { tone, sentence, explanation }
  return { tone, sentence: lead === '' ? cause.title : `${lead}: ${asClause(cause.title)}`, explanation }
}

/** What stands before a cause in the headline; null where the verdict itself is the news. */
const leads: Record<VerdictKind, string | null> = {
  'let-in': null,
  'let-in-without-cookie': null,
  'let-in-only-tried': null,
  'login-next': null,
  protected: null,
  'token-unverified': null,
  'token-wrong': null,
  'open-to-everyone': null,
  'site-error': null,
  'login-either-way': null,
  redirected: '',
  refused: 'Refused',
  'refused-although-verified': null,
  'refused-unproven': 'Refused',
  'not-asked': 'Refused',
  'not-offered': 'Not sent',
  'certificate-rejected': 'Refused',
  'server-untrusted': '',
  'proxy-failed': 'No answer',
  unreachable: 'No answer',
  'other-answer': '',
}

/** "The name …" → "the name …": names, quotes and abbreviations keep their capital. */
const asClause = (sentence: string): string =>
  /^(?:The|This|That|There|Your|No|Nothing|Something|Another|What|Only)\b/u.test(sentence)
    ? `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
    : sentence

function usual(kind: VerdictKind, facts: Facts): [sentence: string, explanation: string] {
  const { without, with: presented, isAccess } = facts
  const name = nameOf(facts)
  const guard = isAccess ? 'Access' : 'The server'
  switch (kind) {
    case 'let-in':
      return without.treatment === 'login'
        ? [
            'Sent to the login without your certificate, let in with it.',
            `Access accepted ${name} in place of a login, and its cookie is valid.`,
          ]
        : [
            'Refused without your certificate, let in with it.',
            `Access accepted ${name} and set its cookie, which is valid.`,
          ]
    case 'let-in-without-cookie':
      return [
        without.treatment === 'login'
          ? 'Sent to the login without your certificate, let in with it.'
          : 'Refused without your certificate, let in with it.',
        isAccess
          ? `The site accepted ${name}. No Access cookie came with the answer.`
          : `The server accepted ${name}. It set no Access cookie, so something other than Cloudflare Access guards it.`,
      ]
    case 'let-in-only-tried':
      return [
        'Let in with your certificate.',
        `The site let ${name} in. Without it there was no clear answer, so whether others are refused is not known.`,
      ]
    case 'login-next':
      return [
        'Your certificate was accepted; the login comes next.',
        `Without it the site refuses. With ${name} ${isAccess ? 'it goes on to the login page, as its rule asks for both.' : 'it goes on to a login.'}`,
      ]
    case 'protected':
      return [
        'Refused without a certificate, as it should be.',
        `${guard} asks for one. Choose your certificate to see whether it lets you in.`,
      ]
    case 'token-unverified':
      return [
        'Let in with your certificate; the cookie is not verified.',
        `The site accepted ${name} and set the Access cookie, but its keys could not be fetched to check who signed it.`,
      ]
    case 'token-wrong':
      return [
        'Let in, but the Access cookie is not right.',
        'An answer that carries such a cookie does not prove that Access let you in.',
      ]
    case 'open-to-everyone':
      if (presented?.treatment === 'login')
        return [
          'This site lets you in without a certificate.',
          `The attempt without one got in, while the one with ${name} was sent to the login.`,
        ]
      return [
        'This site lets you in without a certificate.',
        'A page came though no certificate was sent, so from here the address is not protected.',
      ]
    case 'site-error':
      return [
        presented?.cutAfterQuestion === true
          ? 'Your certificate seems to be accepted; the site then closed the connection.'
          : `Your certificate seems to be accepted; the site then answered ${presented?.status ?? 'something else'}.`,
        'Without it you are refused, with it you are not. What stops you now is behind that.',
      ]
    case 'login-either-way':
      if (presented === null)
        return [
          'The site asks for a login.',
          'That was without a certificate. Choose yours to see whether it makes a difference.',
        ]
      if (facts.isWithoutChoice && without.treatment !== 'login')
        return ['The site asks for a login.', `The browser offered no choice of certificates. ${noChoice}`]
      return without.treatment === 'login'
        ? [
            'The site asks for a login.',
            'It does so with and without a certificate, so what the certificate does shows only after the login.',
          ]
        : [
            'The site asks for a login.',
            'It does so with your certificate; without it there was no clear answer. What the certificate does shows only after the login.',
          ]
    case 'redirected':
      return [
        'The site sends you elsewhere.',
        'A redirect is not entry: what the certificate does cannot be seen from here.',
      ]
    case 'refused':
      if (facts.isWithoutChoice) return ['Refused. The browser offered no choice of certificates.', noChoice]
      if (without.treatment === 'in')
        return [
          'Refused with your certificate, let in without it.',
          `The site refuses ${name}, although it needs no certificate.`,
        ]
      return isGate(without) || without.treatment === 'refused' || without.treatment === 'blocked'
        ? ['Refused, even with your certificate.', `The site refuses with ${name} as it does without it.`]
        : ['Refused with your certificate.', `The site refused ${name}, and gave a different answer without it.`]
    case 'refused-although-verified':
      return [
        `Your certificate is fine. No rule lets ${name} into this application.`,
        'Access verified the certificate (MTLS Status: SUCCESS) and still refused: no rule matches it.',
      ]
    case 'refused-unproven':
      if (without.treatment === 'demanded')
        return [
          'The server asks for a certificate, and gives no answer without one.',
          'It does not say why. That may be its protection, or a fault. Choose your certificate to see whether it makes a difference.',
        ]
      return [
        'Refused, but not because of a certificate.',
        'Nothing in the answer shows that certificates are checked here, so this proves no protection.',
      ]
    case 'not-asked':
      return [
        'The site never asked for a certificate.',
        'Your certificate could not be shown, because the server did not ask for one during the handshake.',
      ]
    case 'not-offered':
      return [
        'Your certificate was not sent.',
        presented?.asked === 'yes'
          ? `The site asked for one, but ${name} was not sent.`
          : presented?.attempt.tls === null
            ? `No connection was made with ${name}.`
            : `The site wants one, and did not get ${name}.`,
      ]
    case 'certificate-rejected':
      return [
        'The site rejected your certificate.',
        isCutEitherWay(facts)
          ? `${name} was sent. The server closed the connection, as it does without a certificate.`
          : presented?.cutAfterQuestion === true
            ? `${name} was sent, and the server then closed the connection.`
            : `${name} was sent, and the server did not accept it.`,
      ]
    case 'server-untrusted':
      return presented?.sent === 'yes'
        ? [
            'Another server answered the second time.',
            `It could not prove who it is. It has seen ${name}, but was sent nothing more, and never the private key.`,
          ]
        : ['This server could not prove who it is.', serverUntrusted(facts)]
    case 'proxy-failed':
      return [
        'The proxy did not let the connection through.',
        'The site itself was not reached, so nothing can be said about it.',
      ]
    case 'unreachable':
      return presented !== null && without.status !== null
        ? [
            'With your certificate there was no answer.',
            `Without it the site answers, so it can be reached; the connection with ${name} got no answer.`,
          ]
        : ['The site could not be reached.', 'There was no answer, so nothing can be said about the certificate yet.']
    case 'other-answer':
      if (presented?.treatment === 'in')
        return [
          'Let in, but perhaps not because of your certificate.',
          facts.isWithoutChoice
            ? `The browser offered no choice of certificates. ${noChoice}`
            : `Whether ${name} made the difference cannot be seen from here.`,
        ]
      return [
        'The site answered, but neither let you in nor refused.',
        isAccess
          ? 'Its answer is shown below. Access answered, but does not say whether it accepted the certificate.'
          : 'Its answer is shown below.',
      ]
  }
}

/** What may be behind it where the browser's engine raised no choice. */
const noChoice = 'Either the site did not ask for a certificate, or none on this computer fits what it accepts.'

function serverUntrusted({ identity, unreadRoots }: Facts): string {
  const why =
    unreadRoots === null ? 'This computer does not trust its certificate' : 'Its certificate could not be verified'
  return `${why}, so ${identity === null ? 'its answer proves nothing' : 'yours was not sent'}.`
}
