import { childrenOf, tags } from '../der'
import { readBoolean, readOnlyOf } from '../der-values'

/** What an issuing distribution point (RFC 5280 §5.2.5) makes of a list. */
export interface CrlScope {
  isIndirect: boolean
  isPartitioned: boolean
}

const indirectCrl = 0x84
/** Fields whose value is a truth: only user, only CA, only attribute certificates. */
const onlyKinds: ReadonlySet<number> = new Set([0x81, 0x82, 0x85])

/** Input: the extension's DER; null where the list has none and therefore covers everything. Errors: `malformed`. */
export function readIssuingDistributionPoint(value: Uint8Array | null): CrlScope {
  if (value === null) return { isIndirect: false, isPartitioned: false }
  const fields = childrenOf(readOnlyOf(value, tags.sequence))
  return {
    isIndirect: fields.some((field) => field.tag === indirectCrl && readBoolean(field)),
    // A named distribution point and a selection of reasons always limit what the list covers.
    isPartitioned: fields.some(({ tag, content, raw }) =>
      onlyKinds.has(tag) ? readBoolean({ tag, content, raw }) : tag !== indirectCrl,
    ),
  }
}
