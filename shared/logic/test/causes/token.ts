import type { CauseCode, Who } from '../../../model/probe'
import { certain, type Hypothesis, likely } from '../hypothesis'

interface Words {
  code: CauseCode
  who?: Who
  title: string
  remedy: string
}

const altered =
  'Something between you and the site may have altered the answer. Send this report to the administrator before you rely on the site.'

const cause = ({ code, who = 'administrator', title, remedy }: Words): Hypothesis => ({
  code,
  who,
  explains: code === 'token-unverified' ? ['token-unverified'] : ['token-wrong'],
  support: ({ token }) => {
    if (token?.code !== code) return null
    return code === 'token-unverified' ? likely(...token.evidence) : certain(...token.evidence)
  },
  title: () => title,
  remedy: () => remedy,
})

/** The checks of the Access cookie. `tokenProblem` decides which of them failed. */
export const token: Hypothesis[] = [
  cause({ code: 'cookie-is-no-token', title: 'The Access cookie is not a token of Access.', remedy: altered }),
  cause({ code: 'token-signature-invalid', title: 'The Access cookie’s signature is not valid.', remedy: altered }),
  cause({
    code: 'token-algorithm-refused',
    title: 'The Access cookie is signed in a way that Access never uses.',
    remedy: altered,
  }),
  cause({
    code: 'token-key-unknown',
    title: 'The Access cookie is signed with a key that its team does not have.',
    remedy: altered,
  }),
  cause({ code: 'token-from-other-issuer', title: 'The Access cookie is not from this site’s team.', remedy: altered }),
  cause({
    code: 'token-expired',
    title: 'The Access cookie has already expired.',
    remedy: 'Check this computer’s clock. If it is right, send this report to the administrator.',
  }),
  cause({
    code: 'token-not-yet-valid',
    title: 'The Access cookie is not valid yet.',
    remedy: 'Check this computer’s clock. If it is right, send this report to the administrator.',
  }),
  cause({
    code: 'token-for-other-application',
    title: 'The Access cookie is for another application.',
    remedy:
      'Send this report to the administrator: the site may be served by an application that was not meant for it.',
  }),
  cause({
    code: 'token-for-another-name',
    who: 'you',
    title: 'The Access cookie is for another name.',
    remedy: 'Check which certificate you chose.',
  }),
  cause({
    code: 'token-unverified',
    who: 'network',
    title: 'The Access cookie could not be verified.',
    remedy:
      'Its keys could not be fetched from the team’s address. Check that this computer can reach it, and test again.',
  }),
]
