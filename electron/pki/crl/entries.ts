import { type CrlReason, crlReasons } from '#shared/logic/crl-reasons'
import { malformedAt, readElement, readOnly, tags } from '../der'
import { type ExtensionValue, readExtensions, readTime, serialKey } from '../der-values'

export interface RevokedEntry {
  /** The INTEGER's content, as the certificate has it. */
  serial: Uint8Array
  revokedAt: Date
  /** Null where none is given, or one that is not defined. */
  reason: CrlReason | null
  extensions: ExtensionValue[]
}

const entryIds = { reason: '2.5.29.21', hold: '2.5.29.23', invalidity: '2.5.29.24', certificateIssuer: '2.5.29.29' }
const known: ReadonlySet<string> = new Set(Object.values(entryIds))

export interface EntryIndex {
  count: number
  /** Critical extensions of entries that are not known here: such a list must not be used (RFC 5280 §5.3). */
  unknownCritical: Set<string>
  /** Entries name issuers of their own, so this is an indirect list (RFC 5280 §5.3.3). */
  namesIssuers: boolean
  find(serial: Uint8Array): RevokedEntry | null
  entries(): Generator<RevokedEntry>
}

export const noEntries: EntryIndex = {
  count: 0,
  unknownCritical: new Set(),
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
  for (let offset = 0; offset < content.length; offset = entry.end) {
    entry.read(content, offset, content.length, tags.sequence)
    part.read(content, entry.start, entry.end, tags.integer)
    const key = serialKey(content.subarray(part.start, part.end))
    // The first entry of a serial counts; a second one could only take back what it says.
    if (!offsets.has(key)) offsets.set(key, offset)
    part.read(content, part.end, entry.end, null)
    if (part.tag !== tags.utcTime && part.tag !== tags.generalizedTime) throw malformedAt(offset, 'a date is missing')
    if (part.end < entry.end) {
      for (const { id, critical } of newExtensions(content.subarray(part.end, entry.end), seen)) {
        if (critical && !known.has(id)) unknownCritical.add(id)
        if (id === entryIds.certificateIssuer) namesIssuers = true
      }
    }
    count += 1
  }
  const entryAt = (offset: number) => readEntry(readElement(content, offset).content)
  return {
    count,
    unknownCritical,
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

  read(bytes: Uint8Array, offset: number, limit: number, tag: number | null): void {
    const first = bytes[offset + 1] ?? 0
    this.tag = bytes[offset] ?? 0
    this.start = offset + 2
    let length = first
    if (first >= 0x80) {
      const octets = first & 0x7f
      if (octets === 0 || octets > 4) throw malformedAt(offset, 'a length cannot be read')
      length = 0
      for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[this.start + index] ?? 0)
      this.start += octets
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
  const reason = extensions.find(({ id }) => id === entryIds.reason)
  const number = reason === undefined ? undefined : readOnly(reason.value).content[0]
  return {
    serial: serial.content,
    revokedAt: readTime(date),
    reason: number === undefined ? null : (crlReasons[number] ?? null),
    extensions,
  }
}
