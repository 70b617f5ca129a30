import type { CauseCode, VerdictKind, Who } from '../../../model/probe'
import type { AnswerKind } from '../answer-kind'
import type { Facts } from '../facts'
import { certain, type Hypothesis, likely, whatServerDid, whereTo } from '../hypothesis'

const notEntry: readonly VerdictKind[] = [
  'refused',
  'refused-unproven',
  'not-asked',
  'site-error',
  'redirected',
  'login-next',
  'login-either-way',
  'other-answer',
]

interface Page {
  code: CauseCode
  answer: AnswerKind
  who?: Who
  title: string
  remedy: string
  also?: (facts: Facts) => boolean
}

/** A cause that the answer itself names, by its status, its page or its address. */
const fromAnswer = ({ code, answer, who = 'administrator', title, remedy, also = () => true }: Page): Hypothesis => ({
  code,
  who,
  explains: notEntry,
  support: (facts) =>
    facts.deciding.answer === answer && also(facts) ? certain(...whatServerDid(facts), whereTo(facts)) : null,
  title: () => title,
  remedy: () => remedy,
})

const edgeCode = (facts: Facts) => facts.deciding.attempt.access.edgeErrorCode
const isCode =
  (...codes: string[]) =>
  (facts: Facts) =>
    codes.includes(edgeCode(facts) ?? '')

/** Pages of Cloudflare's edge, each of which is shown before Access is asked (Cloudflare, "Error 1xxx"). */
const named = ['1009', '1010', '1015', '1016', '1020', '1033']
export const edge: Hypothesis[] = [
  fromAnswer({
    code: 'edge-country',
    answer: 'edge-error',
    also: isCode('1009'),
    title: 'Cloudflare blocks visitors from this country or region.',
    remedy: 'Try from another network, or ask the administrator to allow your country (error 1009).',
  }),
  fromAnswer({
    code: 'edge-user-agent',
    answer: 'edge-error',
    also: isCode('1010'),
    title: 'Cloudflare blocked this program by its name (user agent).',
    remedy: 'Test “As the browser”. If that fails too, the administrator has to change the rule (error 1010).',
  }),
  fromAnswer({
    code: 'edge-rate',
    answer: 'edge-error',
    also: isCode('1015'),
    title: 'Cloudflare is limiting your requests.',
    remedy:
      'Wait a few minutes and test again. If it keeps happening, ask the administrator to raise the limit (error 1015).',
  }),
  fromAnswer({
    code: 'edge-origin-name',
    answer: 'edge-error',
    also: isCode('1016'),
    title: 'Cloudflare cannot find the server behind this site.',
    remedy: 'The administrator has to correct the DNS record of the origin (error 1016).',
  }),
  fromAnswer({
    code: 'edge-rule',
    answer: 'edge-error',
    also: isCode('1020'),
    title: 'A firewall rule at Cloudflare refused the request.',
    remedy: 'Send the Ray ID to the administrator, who finds the rule under Security → Events (error 1020).',
  }),
  fromAnswer({
    code: 'edge-tunnel',
    answer: 'edge-error',
    also: isCode('1033'),
    title: 'The tunnel from Cloudflare to the site is not connected.',
    remedy: 'The administrator has to start cloudflared on the server again (error 1033).',
  }),
  {
    ...fromAnswer({
      code: 'edge-other',
      answer: 'edge-error',
      also: (facts) => !named.includes(edgeCode(facts) ?? ''),
      title: 'Cloudflare answered with an error page.',
      remedy: 'Send this report to the administrator. The number is explained in Cloudflare’s list of 1xxx errors.',
    }),
    title: (facts) => `Cloudflare answered with its error ${edgeCode(facts) ?? ''}.`,
  },
  fromAnswer({
    code: 'bot-challenge',
    answer: 'bot-challenge',
    title: 'Cloudflare wants to see a browser first (bot check).',
    remedy: 'Test “As the browser”. For programs, the administrator has to make an exception for this address.',
  }),
  fromAnswer({
    code: 'firewall-block',
    answer: 'firewall-block',
    title: 'A firewall rule at Cloudflare blocked the request.',
    remedy:
      'Send the Ray ID to the administrator. The rule may ask for a client certificate of the zone (SSL/TLS → Client Certificates), which is not the same as Access.',
  }),
  fromAnswer({
    code: 'edge-to-origin',
    answer: 'edge-to-origin',
    title: 'Cloudflare cannot reach the server behind the site.',
    remedy: 'Nothing to do on this computer. The administrator has to look at the origin server.',
  }),
]

export const answers: Hypothesis[] = [
  fromAnswer({
    code: 'password-asked',
    answer: 'password-asked',
    who: 'you',
    title: 'The site asks for a name and password.',
    remedy: 'Open it in the browser and sign in. Whether it checks certificates, too, cannot be seen from here.',
  }),
  fromAnswer({
    code: 'not-signed-in',
    answer: 'not-signed-in',
    title: 'The site wants you to sign in.',
    remedy: 'Ask how the site is signed in to. This answer says nothing about certificates.',
  }),
  fromAnswer({
    code: 'not-found',
    answer: 'not-found',
    title: 'There is no such page on this site.',
    remedy: 'Check the path in the address.',
  }),
  fromAnswer({
    code: 'wrong-server-for-name',
    answer: 'wrong-server',
    title: 'The server says that it is not the one for this name.',
    remedy: 'The administrator has to correct the DNS record or the server’s list of names.',
  }),
  fromAnswer({
    code: 'too-many-requests',
    answer: 'too-many-requests',
    who: 'you',
    title: 'The server limits your requests.',
    remedy: 'Wait a few minutes and test again.',
  }),
  fromAnswer({
    code: 'server-error',
    answer: 'server-error',
    title: 'The site has an error of its own.',
    remedy: 'Try again later, or tell whoever runs the site.',
  }),
  fromAnswer({
    code: 'site-login',
    answer: 'site-login',
    who: 'you',
    title: 'The site sends you to its own login.',
    remedy: 'Open it in the browser and log in. What the certificate does shows only after that.',
  }),
  fromAnswer({
    code: 'other-identity-provider',
    answer: 'identity-provider',
    who: 'you',
    title: 'The site sends you to a sign-in service.',
    remedy: 'Open it in the browser and sign in. What the certificate does shows only after that.',
  }),
  fromAnswer({
    code: 'sent-to-other-host',
    answer: 'other-host',
    title: 'The site sends you to another host or port.',
    remedy: 'Test the address that it sends you to: this one does not decide who gets in.',
  }),
  fromAnswer({
    code: 'sent-to-plain-http',
    answer: 'plain-http',
    title: 'The site sends you to an address without encryption.',
    remedy: 'Client certificates need https. The administrator has to correct the redirect.',
  }),
  fromAnswer({
    code: 'redirect-loop',
    answer: 'redirect-loop',
    title: 'The site sends you to itself, again and again.',
    remedy: 'The administrator has to correct the redirect, or the cookie that it waits for.',
  }),
  fromAnswer({
    code: 'captive-portal',
    answer: 'captive-portal',
    who: 'network',
    title: 'This network wants you to sign in first.',
    remedy: 'Open any page in the browser, sign in to the network, and test again.',
  }),
  {
    code: 'not-http',
    who: 'administrator',
    explains: ['unreachable'],
    support: ({ deciding: { attempt } }) =>
      attempt.outcome.kind === 'failed' && attempt.outcome.reason === 'not-http'
        ? likely(attempt.outcome.detail)
        : null,
    title: () => 'The server’s answer is not valid HTTP.',
    remedy: () => 'Check the port: another service may be listening there.',
  },
]
