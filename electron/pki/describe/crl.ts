import { reasonWords } from '#shared/logic/crl-reasons'
import { formatCount, formatIsoDate } from '#shared/logic/formatting'
import type { DetailField, ObjectDetails } from '#shared/model/details'
import type { CrlScope } from '../crl/extensions'
import { readCrl } from '../crl/read'
import { childrenOf, type Element, readElement, tags } from '../der'
import { isTime } from '../der-values'
import { spellSerialNumber } from '../serial-number'
import { titleOf } from '../x509/name'
import { extensionFields } from './extensions'
import { computed, describeTime, nameFields, type Oddities, objectDetails, signatureFields, stated } from './fields'

/** A list may name a hundred thousand; a person looks at the first ones and asks for the others by serial. */
const mostShown = 200

/** Everything a CRL says (RFC 5280 §5.1). Input: DER. Errors: `malformed`. */
export function describeCrl(der: Uint8Array): ObjectDetails {
  const oddities: Oddities = []
  const crl = readCrl(der)
  const [body, algorithm, signature] = childrenOf(readElement(der))
  const parts = body === undefined ? [] : childrenOf(body)
  const issuer = readElement(crl.issuer)
  const extensions = parts.find(({ tag }) => tag === 0xa0)
  const limits: [boolean, string][] = [
    [crl.isDelta, 'It lists only changes since another CRL (delta).'],
    [crl.isIndirect, 'It covers other issuers too (indirect).'],
    [coversAPart(crl.scope), 'It covers only some certificates or reasons.'],
  ]
  oddities.push(...limits.filter(([applies]) => applies).map(([, sentence]) => sentence), ...crl.problems, ...crl.notes)
  return objectDetails({
    kind: 'crl',
    title: `CRL of ${titleOf(issuer)}`,
    groups: [
      { title: 'Issuer', fields: nameFields('issuer', issuer, oddities) },
      { title: 'Times', fields: timeFields(parts.filter(isTime), oddities) },
      {
        title: 'Revocation list',
        fields: [
          computed('version', 'Version', `v${crl.version}`),
          computed('entries', 'Revoked certificates', formatCount(crl.count)),
        ],
      },
      {
        title: 'Extensions',
        fields: extensions === undefined ? [] : extensionFields(readElement(extensions.content), oddities),
      },
      { title: 'Revoked', fields: [...revokedFields(crl)] },
      { title: 'Signature', fields: algorithm?.tag === tags.sequence ? signatureFields(algorithm, signature) : [] },
    ],
    oddities,
    der,
    pemLabel: 'X509 CRL',
  })
}

const coversAPart = ({ kinds, place, reasons, isForAttributes }: CrlScope): boolean =>
  kinds !== 'all' || place !== null || reasons !== null || isForAttributes

function timeFields([issued, next]: Element[], oddities: Oddities): DetailField[] {
  const fields =
    issued === undefined ? [] : [stated('thisUpdate', 'Issued', describeTime(issued, 'Its date', oddities), issued)]
  if (next === undefined) return [...fields, computed('nextUpdate', 'Next one', 'not stated')]
  return [...fields, stated('nextUpdate', 'Next one', describeTime(next, 'The date of the next one', oddities), next)]
}

function* revokedFields(crl: ReturnType<typeof readCrl>): Generator<DetailField> {
  let shown = 0
  for (const { serial, revokedAt, reason } of crl.entries()) {
    if (shown === mostShown) {
      yield computed('revoked.more', 'And', `${formatCount(crl.count - mostShown)} more`)
      return
    }
    const date = formatIsoDate(revokedAt)
    const words = reason === null ? date : `${date}, ${reasonWords(reason)}`
    yield computed(`revoked.${spellSerialNumber(serial)}`, spellSerialNumber(serial), words)
    shown += 1
  }
}
