import type { ServerCertificate, TrustReason } from '#shared/model/attempt'
import type { ProbeReport } from '#shared/model/probe'

/** The server whose key may be agreed to. */
interface KeyOffer {
  server: ServerCertificate
  /** What somebody else has to mend; null for a certificate as test servers have it. */
  fault: string | null
}

/** As a person's own test server has it: nobody vouches for it, and nothing else is wrong. */
type TestServerReason = 'self-signed' | 'private-root' | 'incomplete'

const faults: Record<Exclude<TrustReason, TestServerReason>, string> = {
  expired: 'The server’s certificate has expired',
  'not-yet-valid': 'The server’s certificate is not valid yet',
  'wrong-name': 'The server’s certificate is for another name',
  'wrong-use': 'The server’s certificate is not meant for servers',
  'too-weak': 'The server’s certificate uses a key or signature that is too weak',
  unreadable: 'The server’s certificate cannot be read',
  other: 'The server’s certificate could not be checked',
}

const faultOf = (reason: TrustReason | null): string | null =>
  reason === null || reason === 'self-signed' || reason === 'private-root' || reason === 'incomplete'
    ? null
    : faults[reason]

/** Null where the server is trusted, where another one answered the second time, and where its key was agreed to before. */
export function keyOffer({ verdict, without }: Pick<ProbeReport, 'verdict' | 'without'>, pinned: string | null) {
  const { tls } = without
  const server = tls?.chain[0]
  if (verdict.kind !== 'server-untrusted' || tls === null || server === undefined) return null
  if (tls.trust === 'trusted' || server.keySha256 === pinned) return null
  return { server, fault: faultOf(tls.trustReason) } satisfies KeyOffer
}
