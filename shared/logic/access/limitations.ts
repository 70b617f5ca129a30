import type { AccessAccount, HostnameSetting } from '../../model/access-account'
import type { Explanation } from '../../model/access-explanation'
import type { AccessChange } from '../../model/access-plan'

/*
 * What Access does not do, in the places where somebody would rely on it. Source: Cloudflare's pages on mutual TLS and on
 * forwarding a certificate (cloudflare-one/access-controls/service-credentials/mutual-tls-authentication).
 */

/** Of a hostname whose certificates are sent on to the application. */
export const forwardingWords = 'certificate forwarded to the origin, with the first request of each connection only'

const noRevocation =
  'Access reads no revocation list: a revoked certificate counts as valid until its name is blocked or its CA is removed.'

/** What a step of a plan does not do, where somebody would rely on it. `before`: the account just before it. */
export function limitationsOf(change: AccessChange, before: AccessAccount): string[] {
  switch (change.kind) {
    case 'set-ca-hostnames': {
      const old = before.cas.find(({ id }) => id === change.id)?.hostnames ?? []
      const isMore = change.hostnames.some((hostname) => !old.includes(hostname))
      return isMore ? ['Certificates do not work on custom domains of Cloudflare Pages and R2.'] : []
    }
    case 'set-settings': {
      const isOn = (all: HostnameSetting[], wanted: string) =>
        all.some(({ hostname, forwarding }) => hostname === wanted && forwarding)
      const isMore = change.settings.some((one) => one.forwarding && !isOn(before.settings, one.hostname))
      return isMore ? ['The certificate is forwarded with the first request of each connection only.'] : []
    }
    case 'create-policy': {
      const { decision, rules } = change
      const asks = [...rules.include, ...rules.require].some(
        ({ kind }) => kind === 'valid-certificate' || kind === 'common-name',
      )
      return asks && decision !== 'deny' ? [noRevocation] : []
    }
    default:
      return []
  }
}

/** Of a visitor who is let in, or may be, by a certificate that Access accepts. Null for everybody else. */
export function revocationWords({ verdict, reasons }: Explanation): string | null {
  const isAccepted = reasons.some((reason) => reason.kind === 'association' && reason.outcome === 'accepted')
  return verdict === 'refused' || !isAccepted ? null : noRevocation
}
