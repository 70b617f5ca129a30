import { AppError } from '#shared/errors'

export interface PemBlock {
  label: string
  /** `Proc-Type`, `DEK-Info` and the like (RFC 1421). */
  headers: Record<string, string>
  der: Uint8Array
}

/** RFC 7468: 64 characters a line, a newline at the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

const begin = /-----BEGIN ([A-Z0-9 ]{1,60})-----/gu

/** Blocks of other worlds, which may stand beside ours (a signed mail, say) and are not base64 of DER. */
const foreign = /^(PGP|OPENSSH|SSH2) /u

/**
 * Every block of a text, in any order, whatever stands around them; CRLF, indentation, quoting, a byte order mark and the
 * `\n` of a JSON string do not matter. OpenPGP and OpenSSH blocks are left out. Errors: `malformed` for a block that does
 * not end or whose base64 cannot be read.
 */
export function decodePem(text: string): PemBlock[] {
  const blocks: PemBlock[] = []
  begin.lastIndex = 0
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const [, label = ''] = found
    if (foreign.test(label)) continue
    const finish = `-----END ${label}-----`
    const end = text.indexOf(finish, begin.lastIndex)
    if (end === -1) throw new AppError('malformed', `The block “${label}” begins but does not end.`)
    blocks.push({ label, ...decodeBody(label, text.slice(begin.lastIndex, end)) })
    begin.lastIndex = end + finish.length
  }
  return blocks
}

function decodeBody(label: string, body: string): { headers: Record<string, string>; der: Uint8Array } {
  const headers: Record<string, string> = {}
  const base64: string[] = []
  const plain = body.replace(/\\[rn]/gu, '\n').replace(/\\\//gu, '/')
  for (const line of plain.split(/\r\n|\r|\n/u).map((raw) => raw.replace(/^[\s>]+|\s+$/gu, ''))) {
    const header = /^([A-Za-z][A-Za-z0-9-]*):\s*(.*)$/u.exec(line)
    if (header === null) base64.push(line)
    else headers[header[1] ?? ''] = header[2] ?? ''
  }
  return { headers, der: decodeBase64(label, base64.join('')) }
}

function decodeBase64(label: string, text: string): Uint8Array {
  const clean = text.replace(/\s/gu, '')
  if (clean === '' || !/^[A-Za-z0-9+/]+={0,2}$/u.test(clean)) {
    throw new AppError('malformed', `The block “${label}” is not base64.`)
  }
  return Buffer.from(clean, 'base64')
}
