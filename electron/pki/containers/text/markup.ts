/** Elements inside a line. All others stand for a line break. */
const inline = new Set(
  'a abbr b bdi bdo big code del em font i ins kbd mark s samp small span strong sub sup tt u var wbr'.split(' '),
)

/** The characters that certificates in markup are written with. */
const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwnj: '',
  zwj: '',
  NewLine: '\n',
  Tab: '\t',
  plus: '+',
  equals: '=',
  sol: '/',
  hyphen: '-',
  dash: '-',
  ndash: '--',
  mdash: '--',
  percnt: '%',
  bsol: '\\',
}

const entity = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{1,8}));/gu
/**
 * A tag ends before the next one begins, so that many beginnings are each read once. Comments are read like the rest. A line
 * break in the source behind a tag is a blank only. What has a boundary of a block in it (RFC 7468) is no tag: a mail may say
 * “<Ada wrote:” before it.
 */
const tag = /(?:<!\[CDATA\[|\]\]>|<!--|-->|<([A-Za-z/!?](?:(?!-----)[^<>]){0,1000})>)\n?/gu
/** A line that begins unless it has begun; no text has this character once its line ends are plain. */
const fresh = '\v'

/** Tags become line breaks, those inside a line nothing; then one level of character references is decoded (HTML, XML). */
export function stripMarkup(text: string): string {
  const plain = text.includes('<') || text.includes('-->') ? stripTags(text) : text
  if (!plain.includes('&')) return plain
  return plain.replace(entity, (found, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? found
    const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return point <= 0x10ffff ? String.fromCodePoint(point) : found
  })
}

/** A browser shows `<p>a</p><p>b</p>` as two lines without one between them, and `<br><br>` as an empty line. */
const stripTags = (text: string): string =>
  text
    .replace(tag, (found, inside = '') => {
      const name = /^\/?([A-Za-z0-9]*)/u.exec(inside)?.[1]?.toLowerCase() ?? ''
      if (inline.has(name)) return found.endsWith('\n') ? '\n' : ''
      return inside.startsWith('/') || name === 'br' ? '\n' : fresh
    })
    .replace(/(^|\n)\v+/gu, '$1')
    .replace(/\v+/gu, '\n')
