import { AppError } from '#shared/errors'
import { type CrlReason, crlReasons } from '#shared/logic/crl-reasons'
import { ifReadable, malformedAt, readElement, readOid, readOnly, tags } from '../der'
import { type ExtensionValue, readExtensions, readOnlyOf, readTime, serialKey } from '../der-values'
import { ids } from '../oids'
import { findDerFault, hasShortestInteger } from '../strict-der'
import { readGeneralNames } from '../x509/general-names'

export interface RevokedEntry {
  /** The INTEGER's content, as the certificate has it. */
  serial: Uint8Array
  revokedAt: Date
  /** Null where none is given, or one that is not defined. */
  reason: CrlReason | null
  extensions: ExtensionValue[]
}

/** Errors: `malformed`. */
const readers: Record<string, (value: Uint8Array) => void> = {
  [ids.crlReason]: (value) => {
    if (reasonIn(value) === null) throw new AppError('malformed', 'A reason is not defined.')
  },
  [ids.holdInstruction]: (value) => void readOid(readOnlyOf(value, tags.oid)),
  [ids.invalidityDate]: (value) => void readTime(readOnlyOf(value, tags.generalizedTime)),
  [ids.certificateIssuer]: (value) => void readGeneralNames(readOnlyOf(value, tags.sequence)),
}

export interface EntryIndex {
  count: number
  /** Critical extensions of entries that are not understood here: such a list must not be used (RFC 5280 §5.3). */
  unknownCritical: Set<string>
  haveExtensions: boolean
  /** What is not DER, in words: such a list must not be used. */
  problems: string[]
  /** Entries name issuers of their own, so this is an indirect list (RFC 5280 §5.3.3). */
  namesIssuers: boolean
  find(serial: Uint8Array): RevokedEntry | null
  entries(): Generator<RevokedEntry>
}

export const noEntries: EntryIndex = {
  count: 0,
  unknownCritical: new Set(),
  haveExtensions: false,
  problems: [],
  namesIssuers: false,
  find: () => null,
  *entries() {},
}

/**
 * One pass over the revokedCertificates (the content of that SEQUENCE), without an object for each entry: a list may hold
 * a hundred thousand. Entries are read when somebody asks for them. Errors: `malformed` with the place.
 */
export function indexEntries(content: Uint8Array): EntryIndex {
  const offsets = new Map<string, number>()
  const unknownCritical = new Set<string>()
  const seen = new Set<string>()
  const entry = new Span()
  const part = new Span()
  let count = 0
  let namesIssuers = false
  let haveExtensions = false
  let isDer = true
  for (let offset = 0; offset < content.length; offset = entry.end) {
    entry.read(content, offset, content.length, tags.sequence)
    part.read(content, entry.start, entry.end, tags.integer)
    isDer &&= entry.isShortest && part.isShortest && hasShortestInteger(content.subarray(part.start, part.end))
    const key = serialKey(content.subarray(part.start, part.end))
    // The first entry of a serial counts; a second one could only take back what it says.
    if (!offsets.has(key)) offsets.set(key, offset)
    part.read(content, part.end, entry.end, null)
    if (part.tag !== tags.utcTime && part.tag !== tags.generalizedTime) throw malformedAt(offset, 'a date is missing')
    isDer &&= part.isShortest
    if (part.end < entry.end) {
      haveExtensions = true
      for (const extension of newExtensions(content.subarray(part.end, entry.end), seen)) {
        if (extension.critical && !isUnderstood(extension)) unknownCritical.add(extension.id)
        if (extension.id === ids.certificateIssuer) namesIssuers = true
      }
    }
    count += 1
  }
  const entryAt = (offset: number) => readEntry(readElement(content, offset).content)
  return {
    count,
    unknownCritical,
    haveExtensions,
    problems: isDer ? [] : ['An entry of the CRL is not DER.'],
    namesIssuers,
    find(serial) {
      const offset = offsets.get(serialKey(serial))
      return offset === undefined ? null : entryAt(offset)
    },
    *entries() {
      for (let offset = 0; offset < content.length; ) {
        yield entryAt(offset)
        offset += readElement(content, offset).raw.length
      }
    },
  }
}

/** Where an element stands; one object serves for all of them. */
class Span {
  tag = 0
  start = 0
  end = 0
  /** Its length is as short as it can be (X.690 §10.1). */
  isShortest = true

  read(bytes: Uint8Array, offset: number, limit: number, tag: number | null): void {
    const first = bytes[offset + 1] ?? 0
    this.tag = bytes[offset] ?? 0
    this.start = offset + 2
    let length = first
    this.isShortest = true
    if (first >= 0x80) {
      const octets = first & 0x7f
      if (octets === 0 || octets > 4) throw malformedAt(offset, 'a length cannot be read')
      length = 0
      for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[this.start + index] ?? 0)
      this.start += octets
      this.isShortest = length >= 0x80 && length >= 256 ** (octets - 1)
    }
    this.end = this.start + length
    if (this.end > limit) throw malformedAt(offset, 'a length points past the end')
    if (tag !== null && this.tag !== tag) throw malformedAt(offset, 'an entry is malformed')
  }
}

/** Most entries repeat a few sets of extensions to the letter; each set is looked at once. */
function newExtensions(bytes: Uint8Array, seen: Set<string>): ExtensionValue[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  if (seen.has(text)) return []
  if (seen.size < 1000) seen.add(text)
  return readExtensions(readOnly(bytes))
}

function readEntry(content: Uint8Array): RevokedEntry {
  const serial = readElement(content)
  const date = readElement(content, serial.raw.length)
  const rest = content.subarray(serial.raw.length + date.raw.length)
  const extensions = rest.length === 0 ? [] : readExtensions(readOnly(rest))
  const reason = extensions.find(({ id }) => id === ids.crlReason)
  return {
    serial: serial.content,
    revokedAt: readTime(date),
    reason: reason === undefined ? null : reasonIn(reason.value),
    extensions,
  }
}

/** Null for a reason that is not defined, or cannot be read. */
function reasonIn(value: Uint8Array): CrlReason | null {
  const [tag, length, number, ...more] = value
  const isOne = tag === tags.enumerated && length === 1 && number !== undefined && more.length === 0
  return isOne ? (crlReasons[number] ?? null) : null
}

function isUnderstood({ id, value }: ExtensionValue): boolean {
  const read = readers[id]
  if (read === undefined) return false
  const isRead = ifReadable(() => {
    read(value)
    return findDerFault(readOnly(value)) === null
  })
  return isRead === true
}
