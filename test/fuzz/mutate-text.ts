import { textWrappings } from '../support/text-wrappings'
import type { Random } from './random'

/** What the layers of text, CSV, JSON, headers and patterns are made of. */
const tokens = [
  ...[
    '-----BEGIN CERTIFICATE-----\n',
    '-----END CERTIFICATE-----\n',
    '-----BEGIN ',
    '-----',
    '\u2014\u2014BEGIN X\u2014\u2014',
    'DEK-Info: ',
  ],
  ...['"', "'", '`', '""', '\\', '\\n', '\\\\n', '\\u002d', '\\"', '%2D', '%0A', '%', '&#45;', '&#x2d;', '&quot;', '&'],
  ...[
    '<br>',
    '<p>',
    '</p>',
    '<',
    '>',
    '<!--',
    '<plist><dict><key>PayloadContent</key><data>',
    '</data>',
    '</dict>',
    '<dict>',
  ],
  ...[
    '=',
    '=\n',
    '=3D',
    '=0A',
    '> ',
    '>>>> ',
    '\u00a0',
    '\u200b',
    '\u2028',
    '\ufeff',
    '\u202e',
    '\t',
    '  ',
    '\r',
    '\r\n',
    '\n\n',
  ],
  ...[
    'MIME-Version: 1.0\n',
    'Content-Type: multipart/mixed; boundary=x\n\n',
    '--x\n',
    '--x--\n',
    'Content-Type: message/rfc822\n\n',
  ],
  ...['Content-Transfer-Encoding: base64\n', 'From: a\n', 'Subject: =?utf-8?B?AAAA?=\n', 'Content-Type: text/html\n\n'],
  ...[
    '{',
    '}',
    '[',
    ']',
    '{"a":',
    '[[',
    ':',
    ',',
    ';',
    'null',
    'true',
    '1e999',
    '-0',
    '9'.repeat(400),
    '__proto__',
    'constructor',
  ],
  ...[
    'sep=;\n',
    '"a""b"',
    ',,,,',
    'csr',
    'common_name',
    '(',
    ')',
    '(?:',
    '(?i)',
    '|',
    '*',
    '+',
    '?',
    '{2,1000}',
    '{1000}',
    '.',
  ],
  ...[
    '\\pL',
    '\\x{10ffff}',
    '[^a-z]',
    '[[:alpha:]]',
    '\\Q',
    '\\E',
    '^',
    '$',
    '\\b',
    '\u{1f600}',
    '\ud800',
    '\0',
    'é',
    'İ',
    'ß',
  ],
  ...[
    'MIIB',
    'AAAA',
    'MA==',
    'A'.repeat(76),
    'eyJhbGciOiJSUzI1NiJ9.',
    'Set-Cookie: CF_Authorization=',
    'Location: ',
    'Expires=',
    'Max-Age=',
  ],
]

type Change = (text: string, other: string, random: Random) => string

const wrappings = Object.values(textWrappings)

const changes: Change[] = [
  (text, _, random) => inserted(text, random.pick(tokens), random),
  (text, _, random) => inserted(text, random.pick(tokens), random),
  (text, _, random) =>
    inserted(
      text,
      random
        .pick(tokens)
        .repeat(random.pick([2, 10, 100, 2000]))
        .slice(0, 20_000),
      random,
    ),
  (text, other, random) => inserted(text, lines(other, random), random),
  (text, _, random) => {
    const [from, to] = span(text, random)
    return text.slice(0, from) + text.slice(to)
  },
  (text, _, random) => {
    const [from, to] = span(text, random)
    return text.slice(0, to) + text.slice(from, to).repeat(random.pick([1, 2, 20, 300])) + text.slice(to)
  },
  (text, _, random) => {
    const [from, to] = span(text, random)
    return text.slice(0, from) + random.pick(tokens) + text.slice(to)
  },
  (text, _, random) => text.slice(0, random.below(text.length + 1)),
  (text, other, random) => text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1)),
  (text, _, random) => random.pick(wrappings)(wellFormed(text.slice(0, 20_000))),
  (text, _, random) => {
    const all = text.split('\n')
    const [from, to] = [random.below(all.length), random.below(all.length)]
    const [one = '', two = ''] = [all[from], all[to]]
    all[from] = two
    all[to] = one
    return all.join('\n')
  },
]

/** Percent-encoding refuses half a surrogate pair. */
const wellFormed = (text: string) => Buffer.from(text).toString()

const inserted = (text: string, part: string, random: Random) => {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + part + text.slice(at)
}

function span(text: string, random: Random): [number, number] {
  const from = random.below(text.length + 1)
  return [from, Math.min(text.length, from + 1 + random.below(random.pick([2, 10, 80, 1000])))]
}

function lines(text: string, random: Random): string {
  const all = text.split('\n')
  const from = random.below(all.length)
  return all.slice(from, from + 1 + random.below(10)).join('\n')
}

export function mutateText(text: string, other: string, random: Random): string {
  let changed = text
  for (let count = 1 + random.below(4); count > 0; count -= 1) changed = random.pick(changes)(changed, other, random)
  return changed
}
