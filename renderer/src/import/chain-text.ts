import type { ObjectDetails } from '#shared/model/details'
import type { Looked } from './looking'

/** Basic constraints with `cA TRUE` (RFC 5280 §4.2.1.9): an issuer's certificate, not a person's. */
const isIssuers = ({ groups }: ObjectDetails): boolean =>
  groups.some(({ fields }) => fields.some(({ id, raw }) => id === 'extension.2.5.29.19' && raw?.includes('0101ff')))

/** A person's certificate that was found, and as PEM everything that can speak for or against it; null where there is none. */
export function chainText(files: readonly Looked[]): { title: string; pem: string } | null {
  const all = files.flatMap(({ look }) => (look.kind === 'seen' ? look.seen.objects : []))
  const speaking = all.filter(({ kind }) => kind === 'certificate' || kind === 'crl')
  const own = speaking.find((object) => object.kind === 'certificate' && !isIssuers(object))
  if (own === undefined) return null
  const others = speaking.filter((object) => object !== own)
  return { title: own.title, pem: [own, ...others].map(({ pem }) => pem ?? '').join('\n') }
}
