/** What single letters stand for behind a backslash (RFC 8259 §7, YAML 1.2 §5.7); a line break there continues the line. */
const letters: Record<string, string> = {
  n: '\n',
  r: '\n',
  t: '\t',
  N: '\n',
  L: '\n',
  P: '\n',
  _: ' ',
  '0': '',
  '\n': '',
}

/** Every alternative begins with a backslash and has a fixed length, so that a long run of them is read once. */
const escapes = /"|\\(?:r\\n|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\s\S])|\\/gu

/**
 * Takes one level of backslash escapes away, as JSON, YAML and programming languages write them. Strings that stood in
 * quotes get lines of their own, and what joined them in a program (`+`, `,`) is dropped.
 */
export function unescapeBackslashes(text: string): string {
  if (!text.includes('\\')) return text
  const plain = text.replace(escapes, (found) => {
    if (found === '"') return '\n"\n'
    if (found.length === 1) return ''
    if (found === '\\r\\n') return '\n'
    const kind = found.charAt(1)
    if (found.length > 2) return String.fromCharCode(Number.parseInt(found.slice(2), 16))
    return letters[kind] ?? kind
  })
  return plain
    .split('\n"\n')
    .filter((part, index) => index === 0 || !isJoint(part))
    .join('\n')
}

/** What stands between two strings of a program or a list. */
const isJoint = (part: string) => part.length <= 200 && /^[\s+,;.&()[\]{}]*$/u.test(part)

/** Percent-encoding (RFC 3986 §2.1), one level, as UTF-8. */
export function decodePercent(text: string): string {
  if (!/%[0-9a-fA-F]{2}/u.test(text)) return text
  // Behind a colon it is a blank in any case: no base64 begins there without one.
  const plain = isForm(text) ? text.replaceAll('+', ' ') : text.replace(/%3A\+/giu, '%3A ')
  return plain.replace(/(?:%[0-9a-fA-F]{2})+/gu, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
}

/** In a form (application/x-www-form-urlencoded) a plus sign is a blank. The label of a PEM block tells, or the whole text. */
const isForm = (text: string) =>
  /-(?:BEGIN|END)\+/u.test(text) ||
  (!text.includes('%20') && /^[A-Za-z0-9*._%-]+=[A-Za-z0-9*._+%&=!~'()-]*$/u.test(text.trim()))

/**
 * Quoted-printable (RFC 2045 §6.7) that was copied without its headers; an encoded equals sign, which every such text has,
 * tells. Mails with headers are read by `mail.ts`.
 */
export function decodeQuotedPrintable(text: string): string {
  if (!text.includes('=3D')) return text
  return text.replace(/=\n|(?:=[0-9A-F]{2})+/gu, (run) =>
    run === '=\n' ? '' : Buffer.from(run.replaceAll('=', ''), 'hex').toString('utf8'),
  )
}

/** Mails quote with ">" at the start of each line, once for every answer. Other blanks stay: they may fold a header. */
export function unquoteLines(text: string): string {
  return text.includes('>') ? text.replace(/^[ \t]*(?:> ?)+/gmu, '') : text
}
