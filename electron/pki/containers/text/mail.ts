/** A mail as it stands in a text, and the text around it. */
export interface FoundMail {
  source: string
  /** What of it follows the headers. */
  body: string
  /** What stands before and behind it, and its headers, which may hold certificates too. */
  rest: string
}

export interface MailContents {
  /** The same text as plain text and as HTML, whichever there are. */
  bodies: string[]
  /** A signature (S/MIME) holds the certificates of the sender, who is hardly ever whom the mail is about. */
  files: { name: string; bytes: Uint8Array; isSignature: boolean }[]
}

const header =
  /^(?:Return-Path|Received|Delivered-To|From|To|Cc|Reply-To|Subject|Date|Message-ID|MIME-Version|Content-[A-Za-z-]{1,40}|X-[A-Za-z0-9-]{1,60}|DKIM-Signature|ARC-[A-Za-z-]{1,40}|Authentication-Results) {0,4}:/iu
/** With a proper value, so that markup and escapes are taken off first. */
const contentHeader =
  /^(?:MIME-Version {0,4}: {0,8}\d\.\d(?: ?\([^()]{0,200}\))?|Content-Transfer-Encoding {0,4}: {0,8}[a-z0-9-]{1,40}|Content-Type {0,4}: {0,8}[a-z0-9.+-]{1,80}\/[a-z0-9.+-]{1,80}(?: {0,8};[^<>&\\]*)?)$/iu
const anyContentHeader = /^[ \t]*(?:MIME-Version|Content-Transfer-Encoding|Content-Type) {0,4}:/imu

/**
 * The first mail (RFC 5322 with the headers of RFC 2045) in a text: a saved .eml file, or one inside a YAML block or behind an
 * introduction. It reaches to the end of the text, or of what is indented as far as its first line.
 */
export function findMail(text: string): FoundMail | null {
  if (!anyContentHeader.test(text)) return null
  const lines = text.split('\n')
  for (let at = 0; at < lines.length; at += 1) {
    if (!header.test((lines[at] ?? '').trimStart())) continue
    const body = nextLine(lines, at, (line) => line.trim() === '')
    const described = lines.slice(at, body).find((line) => contentHeader.test(line.trim()))
    if (described !== undefined) {
      // What stands before it with another indentation is not part of it.
      const margin = marginOf(described)
      const start = nextLine(lines, at, (line) => marginOf(line) === margin && header.test(line.trimStart()))
      const end = nextLine(lines, body, (line) => line.trim() !== '' && !line.startsWith(margin))
      const source = lines.slice(start, end).map((line) => line.slice(margin.length))
      const rest = [...lines.slice(0, body), ...lines.slice(end)]
      return { source: source.join('\n'), body: source.slice(body - start).join('\n'), rest: rest.join('\n') }
    }
    // None of these lines is looked at again, so that many of them are each read once.
    at = body
  }
  return null
}

const marginOf = (line: string) => line.slice(0, line.length - line.trimStart().length)

function nextLine(lines: string[], from: number, isWanted: (line: string) => boolean): number {
  let at = from
  while (at < lines.length && !isWanted(lines[at] ?? '')) at += 1
  return at
}

/**
 * A mail in a mail is a file like any other, so that it counts as a layer. The library would open ten of them, one inside the
 * other, in each layer, and copy the rest every time.
 */
const limits = { maxNestingDepth: 32, maxRfc822NestingDepth: 0 }

/** The texts and files in a mail. Null for what only looks like one. */
export async function readMail(source: string): Promise<MailContents | null> {
  // Few files are mails, and the library is larger than the rest of this folder.
  const { default: PostalMime } = await import('postal-mime')
  try {
    const { text = '', html = '', attachments } = await PostalMime.parse(source, limits)
    const files = attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? mimeType,
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content),
      isSignature: /^application\/(?:x-)?pkcs7-signature$/iu.test(mimeType),
    }))
    return { bodies: [text, html].filter((body) => body !== ''), files }
  } catch {
    // The library throws plain errors where a limit of its own is exceeded.
    return null
  }
}
