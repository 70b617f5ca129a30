import type { TlsView } from '../../../model/attempt'
import { rootWords } from '../../root-words'
import type { Facts } from '../facts'
import { type Hypothesis, likely, mtlsStatus } from '../hypothesis'
import type { UnreadRoots } from '../input'

/** Names of the issuers that TLS inspection products create. */
const inspectors =
  /\b(zscaler|netskope|fortinet|fortigate|palo alto|gateway ca|cisco umbrella|sophos|kaspersky|eset|avast|avg|bitdefender|checkpoint|check point|mcafee|forcepoint|blue ?coat|symantec web|websense|barracuda|watchguard|sonicwall|untangle|mitmproxy|charles proxy|fiddler|burp|squid|proxy|ssl inspection|tls inspection|decryption)\b/iu

/** Handshakes in both attempts, the one that decides first. */
const handshakes = ({ without, with: presented }: Facts): TlsView[] =>
  [presented?.attempt.tls, without.attempt.tls].filter((tls) => tls !== undefined && tls !== null)

/** The handshake in which the server was not trusted. */
export const untrustedTls = (facts: Facts): TlsView | undefined =>
  handshakes(facts).find(({ trust }) => trust === 'untrusted' || trust === 'name-mismatch')

const issuerOf = (tls: TlsView | undefined): string => tls?.chain[0]?.issuer ?? ''

/** An in-house issuer alone shows nothing: companies have sites of their own. Something has to speak against such a site. */
export const inspection: Hypothesis = {
  code: 'tls-inspected',
  who: 'network',
  explains: ['server-untrusted', 'protected', 'not-asked', 'not-offered', 'refused', 'certificate-rejected'],
  support: (facts) => {
    const [deciding] = handshakes(facts)
    const evidence = inspectors.test(issuerOf(deciding)) ? [] : (localRoot(facts) ?? unknownRoot(facts))
    return evidence === null
      ? null
      : likely(`The server’s certificate was issued by ${issuerOf(deciding)}.`, ...evidence, notAskedLine(facts))
  },
  title: () => 'Something between you and the site seems to decrypt your connections.',
  remedy: () =>
    'Turn off TLS inspection (WARP, VPN, proxy, virus scanner) for this host: your certificate cannot pass through it.',
}

/** A root that is on this computer alone vouches for the server. */
function localRoot(facts: Facts): string[] | null {
  const seen = handshakes(facts)
  const line = seen.map(localRootLine).find((one) => one !== null)
  if (line === undefined) return null
  if (seen.some(({ rootOrigin }) => rootOrigin === 'public'))
    return [line, 'The other attempt reached a server whose certificate comes from a public issuer.']
  return isBehindCloudflare(facts) ? [line, throughCloudflare] : null
}

/** No root on this computer issued it. */
function unknownRoot(facts: Facts): string[] | null {
  const reason = untrustedTls(facts)?.trustReason
  return isBehindCloudflare(facts) && (reason === 'private-root' || reason === 'incomplete')
    ? [throughCloudflare, ...[unreadLine(facts)].filter((line) => line !== null)]
    : null
}

/** What keeps a root of this computer from being known. */
export const unreadLine = ({ unreadRoots }: Facts): string | null =>
  unreadRoots === null ? null : unreadWords[unreadRoots]

const unreadWords: Record<UnreadRoots, string> = {
  unsupported:
    'Roots in this computer’s certificate store are not known: this version of Node.js or Electron cannot read it.',
  failed: 'Roots in this computer’s certificate store are not known: it could not be read.',
  late: 'Roots in this computer’s certificate store are not known yet: reading it takes longer than the time limit. Test again.',
}

/** Excluding the practice site, which only imitates Cloudflare. */
const isBehindCloudflare = ({ isCloudflare, host }: Facts) => isCloudflare && !host.practice

const throughCloudflare =
  'The answer came through Cloudflare, where sites usually have a certificate of a public issuer.'

function notAskedLine(facts: Facts): string | null {
  return mtlsStatus(facts) === 'NONE' && facts.deciding.asked === 'no'
    ? 'Access’ page says that no certificate arrived, and the server in front of it did not ask for one.'
    : null
}

/** By what a server is trusted, where that is a root of this computer alone. */
export const localRootLine = ({ rootOrigin }: TlsView): string | null =>
  rootOrigin === 'administrator' || rootOrigin === 'system' ? `Trusted by: ${lowerFirst(rootWords[rootOrigin])}.` : null

const lowerFirst = (text: string) => `${text.charAt(0).toLowerCase()}${text.slice(1)}`
