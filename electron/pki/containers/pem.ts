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

const block = /-----BEGIN ([A-Z0-9 ]+)-----([\s\S]*?)-----END \1-----/gu

/**
 * Every block of a text, in any order, whatever stands around them; CRLF, indentation and a byte order mark do not
 * matter. Errors: `malformed` for a block whose base64 cannot be read.
 */
export function decodePem(text: string): PemBlock[] {
  return [...text.matchAll(block)].map(([, label = '', body = '']) => ({ label, ...decodeBody(label, body) }))
}

function decodeBody(label: string, body: string): { headers: Record<string, string>; der: Uint8Array } {
  const headers: Record<string, string> = {}
  const base64: string[] = []
  for (const line of body.split(/\r\n|\r|\n/u).map((raw) => raw.replace(/^[\s>]+|\s+$/gu, ''))) {
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
