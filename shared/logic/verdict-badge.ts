import type { Verdict, VerdictKind } from '../model/probe'

interface VerdictBadge {
  words: string
  color: 'teal' | 'orange' | 'red' | 'gray'
}

/** A verdict in a word or two, for lists. It claims no more than the verdict does. */
export const verdictBadge = ({ kind, tone }: Pick<Verdict, 'kind' | 'tone'>): VerdictBadge => ({
  words: words[kind],
  color: colors[tone],
})

const colors: Record<Verdict['tone'], VerdictBadge['color']> = {
  good: 'teal',
  attention: 'orange',
  bad: 'red',
  neutral: 'gray',
}

const words: Record<VerdictKind, string> = {
  'let-in': 'Works',
  'let-in-without-cookie': 'Works',
  'let-in-only-tried': 'Works',
  'login-next': 'Accepted',
  protected: 'Protected',
  'token-unverified': 'Not verified',
  'token-wrong': 'Wrong cookie',
  'open-to-everyone': 'Open',
  'site-error': 'Site error',
  'login-either-way': 'Login',
  redirected: 'Redirected',
  refused: 'Refused',
  'refused-although-verified': 'Refused',
  'refused-unproven': 'Refused',
  'not-asked': 'Refused',
  'not-offered': 'Not sent',
  'certificate-rejected': 'Refused',
  'server-untrusted': 'Not trusted',
  'proxy-failed': 'Proxy failed',
  unreachable: 'Unreachable',
  'other-answer': 'Unclear',
}
