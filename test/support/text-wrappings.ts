/** What text goes through on its way: each takes a text and returns the text that somebody receives. */
export const textWrappings: Record<string, (text: string) => string> = {
  'a JSON string': (text) => JSON.stringify({ success: true, result: { certificate: text } }, null, 2),
  'JSON escapes in a log line': (text) => `2027-01-31 got ${JSON.stringify(text)} (200)`,
  'percent-encoding': (text) => encodeURIComponent(text),
  'a header of Envoy': (text) =>
    `x-forwarded-client-cert: By=spiffe://a/b;Cert="${encodeURIComponent(text)}";Subject="CN=John Doe"`,
  'a web form': (text) => `certificate=${encodeURIComponent(text).replaceAll('%20', '+')}&submit=1`,
  base64: (text) => Buffer.from(text).toString('base64'),
  'base64 in lines': (text) => `${broken(Buffer.from(text).toString('base64'), 76)}\n`,
  'a Kubernetes Secret': (text) =>
    `apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: ${Buffer.from(text).toString('base64')}\ntype: kubernetes.io/tls\n`,
  'a YAML block': (text) => `certificate: |\n${text.replaceAll(/^/gmu, '    ')}\n`,
  'a YAML string': (text) => `a: 1\ncertificate: ${JSON.stringify(text)}\n`,
  'a web page with <br>': (text) => `<div>\n${escaped(text).replaceAll(/\r?\n/gu, '<br>\n')}</div>`,
  'a web page with <p>': (text) =>
    `<html><body>${escaped(text)
      .split(/\r?\n/u)
      .map((line) => `<p>${line}</p>`)
      .join('')}</body></html>`,
  'character references': (text) => text.replaceAll(/[&<>"%\\\n-]/gu, (found) => `&#${found.charCodeAt(0)};`),
  quoting: (text) => `On Monday, Ada wrote:\n${text.replaceAll(/^/gmu, '> ')}\n`,
  'quoting twice': (text) => text.replaceAll(/^/gmu, '>> '),
  'indentation with U+00A0': (text) => text.replaceAll(/^/gmu, '\u00a0\u00a0'),
  'line ends U+2028': (text) => text.replaceAll('\n', '\u2028'),
  'Windows line ends': (text) => text.replaceAll(/\r?\n/gu, '\r\n'),
  'zero-width characters': (text) => text.replaceAll(/(.{20})/gu, '$1\u200b'),
  'a mail in quoted-printable': (text) => mail('quoted-printable', quotedPrintable(text)),
  'a mail in base64': (text) => mail('base64', broken(Buffer.from(text).toString('base64'), 76)),
  'an attachment': (text) => multipart([['text/plain', '', 'Here it is.'], attachment('a.txt', Buffer.from(text))]),
}

/** What the file itself may be in, outermost of all. */
export const encodings: Record<string, (text: string) => Uint8Array> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 without a byte order mark': (text) => Buffer.from(text, 'utf16le'),
  'big-endian UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
}

export const broken = (text: string, width: number): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'gu')) ?? []).join('\n')

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const head = 'From: Ada <ada@example.com>\nTo: John <john@example.com>\nSubject: Your certificate\nMIME-Version: 1.0\n'

export const mail = (encoding: string, body: string): string =>
  `${head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`

type Part = [type: string, headers: string, body: string]

export const attachment = (name: string, bytes: Uint8Array, type = 'application/octet-stream'): Part => [
  type,
  `Content-Disposition: attachment;\n\tfilename="${name}"\nContent-Transfer-Encoding: base64\n`,
  broken(Buffer.from(bytes).toString('base64'), 76),
]

export function multipart(parts: Part[]): string {
  const boundary = '=_next_part'
  const all = parts.map(([type, headers, body]) => `--${boundary}\nContent-Type: ${type}\n${headers}\n${body}\n`)
  return `${head}Content-Type: multipart/mixed;\n boundary="${boundary}"\n\n${all.join('')}--${boundary}--\n`
}

/** RFC 2045 §6.7, with soft breaks. */
export function quotedPrintable(text: string): string {
  const encode = (found: string) =>
    [...Buffer.from(found)].map((octet) => `=${octet.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  return text
    .replaceAll(/[=\t\r]|[^ -~\n]/gu, encode)
    .split('\n')
    .map((line) => (line.match(/(?:=..|[^=]){1,24}/gu) ?? []).join('=\n'))
    .join('\n')
}
