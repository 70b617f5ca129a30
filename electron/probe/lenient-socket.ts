import { Duplex } from 'node:stream'
import type { TLSSocket } from 'node:tls'

/**
 * A connection for one request whose answer's headers are mended on the way to the parser, as browsers mend them. Node's parser
 * is lenient about values; a line without a colon ends it all the same. Nothing comes after the one answer on its connection,
 * so there is nothing to smuggle (RFC 9112 §11.2); what is left out here is never read as anything else.
 */
export class LenientSocket extends Duplex {
  readonly #tls: TLSSocket
  readonly #maxHeadBytes: number
  /** What has come of a header block that is not complete yet; null behind it. */
  #head: Buffer | null = Buffer.alloc(0)

  constructor(tls: TLSSocket, maxHeadBytes: number) {
    super()
    this.#tls = tls
    this.#maxHeadBytes = maxHeadBytes
    tls.on('data', (chunk: Buffer) => {
      if (!this.#pass(chunk)) tls.pause()
    })
    tls.on('end', () => {
      this.#flush()
      this.push(null)
    })
    tls.on('error', (error) => {
      this.#flush()
      this.destroy(error)
    })
    tls.on('close', () => this.destroy())
  }

  override _read(): void {
    this.#tls.resume()
  }

  override _write(chunk: Buffer, _encoding: string, callback: (error?: Error | null) => void): void {
    this.#tls.write(chunk, callback)
  }

  override _final(callback: () => void): void {
    // A connection that has been given up meanwhile has ended as well.
    this.#tls.end(() => callback())
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#tls.destroy()
    callback(error)
  }

  /** False where the reader has enough for now. */
  #pass(chunk: Buffer): boolean {
    if (this.#head === null) return this.push(chunk)
    let rest = this.#head.length === 0 ? chunk : Buffer.concat([this.#head, chunk])
    for (;;) {
      const end = headEnd(rest)
      if (end === null) break
      const head = rest.toString('latin1', 0, end)
      this.push(Buffer.from(mendHead(head), 'latin1'))
      rest = rest.subarray(end)
      // Interim answers have headers of their own (RFC 9110 §15.2).
      if (!interim.test(head)) return this.#goOn(rest)
    }
    // The parser has its own word for what is too large.
    if (rest.length > this.#maxHeadBytes) return this.#goOn(rest)
    this.#head = rest
    return true
  }

  #goOn(rest: Buffer): boolean {
    this.#head = null
    return rest.length === 0 || this.push(rest)
  }

  #flush(): void {
    if (this.#head !== null && this.#head.length > 0) this.#goOn(this.#head)
  }
}

const interim = /^.{0,4}?HTTP\/1\.\d 1(?!01)\d\d\b/isu

/** Where a header block ends, with its empty line: after CR LF, or after a line feed alone (RFC 9112 §2.2). */
function headEnd(bytes: Buffer): number | null {
  const ends = ['\n\r\n', '\n\n'].map((line) => ({ at: bytes.indexOf(line), length: line.length }))
  const found = ends.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0]
  return found === undefined ? null : found.at + found.length
}

/** RFC 9110 §5.6.2 */
const token = /^[!#$%&'*+.^_`|~\dA-Za-z-]+$/u

/**
 * A header block as browsers read it (Chromium: HttpUtil::AssembleRawHeaders, HeadersIterator, LocateStartOfStatusLine): up to four
 * bytes before the status line, lines without a colon and names that are no token are left out, spaces before a colon are cut
 * off, folded lines are joined, and a length that is no number is none. `head`, latin1, ends with an empty line, and so does what is returned. A block without a status
 * line stays as it is.
 */
export function mendHead(head: string): string {
  const start = /^.{0,4}?(?=HTTP\/\d)/isu.exec(head)
  if (start === null) return head
  const [statusLine = '', ...lines] = head.slice(start[0].length).split(/\r?\n/u)
  const kept: string[] = []
  /** Whether the line before is one that a folded line belongs to. */
  let isKept = false
  for (const line of lines) {
    if (line === '') continue
    if (/^[ \t]/u.test(line)) {
      if (isKept) kept.push(`${kept.pop() ?? ''} ${line.trim()}`)
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, Math.max(0, colon)).trimEnd()
    const value = line.slice(colon + 1)
    isKept = token.test(name) && !(name.toLowerCase() === 'content-length' && !/^[ \t]*\d+[ \t]*$/u.test(value))
    if (isKept) kept.push(`${name}:${value}`)
  }
  // A minor version that is not known is the highest one that is (RFC 9110 §2.5); Node 18's parser refuses it.
  const version = statusLine.slice(4).replace(/^\/1\.[2-9](?!\d)/u, '/1.1')
  return [`HTTP${version}`, ...kept, '', ''].join('\r\n')
}
