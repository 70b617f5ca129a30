import { AppError } from '#shared/errors'
import { childAt, childrenOf, readOid, tags } from '../der'
import { readOnlyOf } from '../der-values'
import { readSmallNumber } from './small-number'

/** What a certificate says about policies (RFC 5280 §4.2.1.4, .5, .11, .14). Null where it says nothing. */
export interface PolicyExtensions {
  /** OIDs, without their qualifiers. */
  asserted: string[] | null
  /** From the issuer's policy to the subject's. */
  mappings: { issuer: string; subject: string }[]
  /** `requireExplicitPolicy`, in certificates from here. */
  explicitAfter: number | null
  /** `inhibitPolicyMapping`. */
  noMappingAfter: number | null
  noAnyPolicyAfter: number | null
}

export const anyPolicy = '2.5.29.32.0'

export const noPolicies = (): PolicyExtensions => ({
  asserted: null,
  mappings: [],
  explicitAfter: null,
  noMappingAfter: null,
  noAnyPolicyAfter: null,
})

/** By the extension's OID. Errors: `malformed`. */
export const policyReaders: Record<string, (value: Uint8Array, into: PolicyExtensions) => void> = {
  '2.5.29.32': (value, into) => {
    into.asserted = childrenOf(readOnlyOf(value, tags.sequence)).map((policy) =>
      readOid(childAt(childrenOf(policy), 0, tags.oid)),
    )
  },
  '2.5.29.33': (value, into) => {
    into.mappings = childrenOf(readOnlyOf(value, tags.sequence)).map((mapping) => {
      const [issuer, subject] = [0, 1].map((index) => readOid(childAt(childrenOf(mapping), index, tags.oid)))
      if (issuer === undefined || subject === undefined || issuer === anyPolicy || subject === anyPolicy)
        throw new AppError('malformed', 'A policy is mapped to or from any policy (RFC 5280 §6.1.4 (a)).')
      return { issuer, subject }
    })
  },
  '2.5.29.36': (value, into) => {
    for (const limit of childrenOf(readOnlyOf(value, tags.sequence))) {
      if (limit.tag === 0x80) into.explicitAfter = readSmallNumber(limit)
      if (limit.tag === 0x81) into.noMappingAfter = readSmallNumber(limit)
    }
  },
  '2.5.29.54': (value, into) => {
    into.noAnyPolicyAfter = readSmallNumber(readOnlyOf(value, tags.integer))
  },
}
