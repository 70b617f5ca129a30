import type { TrustReason } from '../../../model/attempt'
import type { CauseCode, Who } from '../../../model/probe'
import { formatFingerprint, formatIsoDate } from '../../formatting'
import { certain, type Hypothesis } from '../hypothesis'
import { inspection, unreadLine, untrustedTls } from './inspection'

interface Cause {
  code: CauseCode
  reasons: TrustReason[]
  who: Who
  title: string
  remedy: string
  /** The same where this computer's own roots are not known, for what one of them could mend. */
  unread?: { title: string; remedy: string }
}

const because = ({ code, reasons, who, title, remedy, unread }: Cause): Hypothesis => ({
  code,
  who,
  explains: ['server-untrusted'],
  support: (facts) => {
    const tls = untrustedTls(facts) ?? null
    if (tls === null || tls.trustReason === null || !reasons.includes(tls.trustReason)) return null
    const [leaf] = tls.chain
    return certain(
      tls.trustProblem,
      leaf === undefined ? null : `It was issued by ${leaf.issuer}.`,
      leaf === undefined
        ? null
        : `It is valid from ${formatIsoDate(leaf.notBefore)} until ${formatIsoDate(leaf.notAfter)}.`,
      leaf === undefined ? null : `SHA-256 ${formatFingerprint(leaf.sha256)}`,
      unread === undefined ? null : unreadLine(facts),
    )
  },
  title: ({ unreadRoots }) => (unreadRoots === null ? title : (unread?.title ?? title)),
  remedy: ({ unreadRoots }) => (unreadRoots === null ? remedy : (unread?.remedy ?? remedy)),
})

const renew = 'Nothing to do on this computer. The administrator has to renew the server’s certificate.'
const ownServer =
  'If this is your own test server, agree to its key. Otherwise do not continue: it may not be the site you think it is.'
const askStore =
  'If your organization has its own root, test “As the browser”, which uses this computer’s roots, or pass the root with --ca on the command line.'

/** What is wrong with the server's own certificate, each with who can mend it. */
export const serverCertificate: Hypothesis[] = [
  {
    code: 'server-certificate-changed',
    who: 'network',
    explains: ['server-untrusted'],
    support: ({ without, with: presented }) =>
      without.isTrusted && presented?.treatment === 'untrusted'
        ? certain(
            'The first attempt met a server that is trusted, and the second met another.',
            presented.attempt.tls?.trustProblem ?? null,
          )
        : null,
    title: () => 'Another server answered the second time.',
    remedy: () => 'Try another network. If it happens again, send this report to the administrator.',
  },
  inspection,
  because({
    code: 'server-certificate-wrong-name',
    reasons: ['wrong-name'],
    who: 'administrator',
    title: 'The server’s certificate is for another name.',
    remedy: 'Check the address. If it is right, its administrator has to correct the server’s certificate.',
  }),
  because({
    code: 'server-certificate-expired',
    reasons: ['expired'],
    who: 'administrator',
    title: 'The server’s certificate has expired.',
    remedy: renew,
  }),
  because({
    code: 'server-certificate-not-yet-valid',
    reasons: ['not-yet-valid'],
    who: 'administrator',
    title: 'The server’s certificate is not valid yet.',
    remedy: 'Check this computer’s clock. If it is right, the administrator has to correct the server’s certificate.',
  }),
  because({
    code: 'server-certificate-wrong-use',
    reasons: ['wrong-use'],
    who: 'administrator',
    title: 'The server’s certificate is not meant for servers.',
    remedy: 'Nothing to do on this computer. The administrator has to replace the server’s certificate.',
  }),
  because({
    code: 'server-certificate-incomplete',
    reasons: ['incomplete'],
    who: 'administrator',
    title: 'The server sends only its own certificate, and its issuer is not known here.',
    remedy:
      'The administrator has to send the intermediate along (the chain file). If the site belongs to your company, its root may be missing on this computer.',
    unread: {
      title: 'The server sends only its own certificate, and Latchkey does not know its issuer.',
      remedy: `The administrator has to send the intermediate along (the chain file). ${askStore}`,
    },
  }),
  because({
    code: 'server-certificate-self-signed',
    reasons: ['self-signed'],
    who: 'you',
    title: 'The server’s certificate is self-signed.',
    remedy: ownServer,
    unread: { title: 'The server’s certificate is self-signed.', remedy: `${ownServer} ${askStore}` },
  }),
  because({
    code: 'server-certificate-private-root',
    reasons: ['private-root'],
    who: 'you',
    title: 'The server’s certificate comes from an issuer (CA) that this computer does not trust.',
    remedy: ownServer,
    unread: {
      title: 'The server’s certificate comes from an issuer (CA) that Latchkey does not know.',
      remedy: `${askStore} ${ownServer}`,
    },
  }),
  because({
    code: 'server-certificate-too-weak',
    reasons: ['too-weak'],
    who: 'administrator',
    title: 'The server’s certificate uses a key or signature that is too weak.',
    remedy: renew,
  }),
  because({
    code: 'server-certificate-unreadable',
    reasons: ['unreadable', 'other'],
    who: 'administrator',
    title: 'The server’s certificate could not be checked.',
    remedy: 'Nothing to do on this computer. Send this report to the administrator.',
  }),
]
