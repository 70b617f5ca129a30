import { AppError } from '#shared/errors'

/** One block as it stands in a text; whether its base64 can be read is another question. */
export interface PemBlock {
  label: string
  /** `Proc-Type`, `DEK-Info` and the like (RFC 1421). */
  headers: Record<string, string>
  base64: string
  /** It has an end, and that names the same label. */
  isWhole: boolean
}

/** RFC 7468: 64 characters a line, a newline at the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** RFC 7468 §3: a label is printable and holds no hyphens. */
const boundary = /-----(BEGIN|END) ([ -,.-~]{1,60})-----/gu

/** Blocks of OpenPGP and SSH, which may stand beside ours (in a signed mail, say) and are not base64 of DER. */
const foreign = /^(PGP|OPENSSH|SSH2) /u

/**
 * Every block of a text, in any order, whatever stands around them; CRLF, indentation, quoting, a byte order mark and the
 * `\n` of a JSON string do not matter. OpenPGP and OpenSSH blocks are left out.
 */
export function splitPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  let open: { label: string; start: number } | null = null
  const close = (end: number, isWhole: boolean) => {
    if (open !== null) blocks.push({ label: open.label, ...readBody(text.slice(open.start, end)), isWhole })
    open = null
  }
  for (const found of text.matchAll(boundary)) {
    const [whole, word, label = ''] = found
    if (foreign.test(label)) continue
    if (word === 'END') {
      close(found.index, isLabel(open, label))
      continue
    }
    close(found.index, false)
    open = { label, start: found.index + whole.length }
  }
  close(text.length, false)
  return blocks
}

const isLabel = (open: { label: string } | null, label: string) => open?.label === label

function readBody(body: string): { headers: Record<string, string>; base64: string } {
  const headers: Record<string, string> = {}
  const base64: string[] = []
  const plain = body.replace(/\\[rn]/gu, '\n').replace(/\\\//gu, '/')
  for (const line of plain.split(/\r\n|\r|\n/u).map((raw) => raw.replace(/^[\s>]+|\s+$/gu, ''))) {
    const header = /^([A-Za-z][A-Za-z0-9-]*):\s*(.*)$/u.exec(line)
    if (header === null) base64.push(line)
    else headers[header[1] ?? ''] = header[2] ?? ''
  }
  return { headers, base64: base64.join('') }
}

/** The bytes in a block. Errors: `malformed` for a block that does not end or whose base64 cannot be read. */
export function pemBytes({ label, base64, isWhole }: PemBlock): Uint8Array {
  if (!isWhole) throw new AppError('malformed', `The block “${label}” begins but does not end.`)
  const clean = base64.replace(/\s/gu, '')
  if (clean === '' || !/^[A-Za-z0-9+/]+={0,2}$/u.test(clean)) {
    throw new AppError('malformed', `The block “${label}” is not base64.`)
  }
  return Buffer.from(clean, 'base64')
}

/** All blocks with their bytes, for texts that must be whole. Errors: `malformed`. */
export function decodePem(text: string): { label: string; der: Uint8Array }[] {
  return splitPem(text).map((block) => ({ label: block.label, der: pemBytes(block) }))
}
