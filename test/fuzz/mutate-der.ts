import { MAX_INPUT } from './limits'
import type { Random } from './random'

/** An element that is taken apart, so that a change inside it leaves the lengths around it right. */
interface Node {
  tag: number
  /** What it consists of; null for one that holds octets. */
  children: Node[] | null
  content: Buffer
  /** Of a BIT STRING that holds elements: the octet that counts unused bits. */
  prefix: Buffer
  length: 'short' | 'padded' | 'indefinite' | { lie: number }
}

const MAX_DEPTH = 40

/** All of `bytes` as elements; null where it is anything else. */
function parse(bytes: Buffer, depth = 0): Node[] | null {
  const nodes: Node[] = []
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0
    const first = bytes[at + 1]
    if (first === undefined || (tag & 0x1f) === 0x1f || first === 0x80 || first > 0x84) return null
    const count = first < 0x80 ? 0 : first & 0x7f
    const start = at + 2 + count
    if (start > bytes.length) return null
    const length = count === 0 ? first : bytes.readUIntBE(at + 2, count)
    if (start + length > bytes.length) return null
    nodes.push(nodeOf(tag, bytes.subarray(start, start + length), depth))
    at = start + length
  }
  return nodes
}

function nodeOf(tag: number, content: Buffer, depth: number): Node {
  const node: Node = { tag, children: null, content, prefix: Buffer.alloc(0), length: 'short' }
  if (depth >= MAX_DEPTH) return node
  if ((tag & 0x20) !== 0) return { ...node, children: parse(content, depth + 1) }
  // Extensions and signed contents hold elements inside strings.
  const prefix = tag === 0x03 ? 1 : 0
  if (!(tag === 0x03 || tag === 0x04) || content.length < prefix + 2) return node
  const children = parse(content.subarray(prefix), depth + 1)
  return children === null ? node : { ...node, children, prefix: content.subarray(0, prefix) }
}

function write({ tag, children, content, prefix, length }: Node): Buffer {
  const inside = children === null ? content : Buffer.concat([prefix, ...children.map(write)])
  if (length === 'indefinite') return Buffer.concat([Buffer.of(tag, 0x80), inside, Buffer.alloc(2)])
  const stated = typeof length === 'object' ? length.lie : inside.length
  return Buffer.concat([Buffer.of(tag), lengthOctets(stated, length === 'padded'), inside])
}

function lengthOctets(length: number, isPadded: boolean): Buffer {
  if (length < 0x80 && !isPadded) return Buffer.of(length)
  const octets = Buffer.alloc(4)
  octets.writeUInt32BE(length >>> 0)
  const start = isPadded ? 0 : octets.findIndex((octet) => octet !== 0)
  return Buffer.concat([Buffer.of(0x84 - start), octets.subarray(start)])
}

interface Placed {
  node: Node
  siblings: Node[]
  index: number
}

function placesIn(siblings: Node[], into: Placed[] = []): Placed[] {
  for (const [index, node] of siblings.entries()) {
    into.push({ node, siblings, index })
    if (node.children !== null) placesIn(node.children, into)
  }
  return into
}

const someTags = [
  ...[0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1c, 0x1e, 0x30, 0x31],
  ...[0x80, 0x81, 0x82, 0x83, 0x84, 0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x24, 0x23, 0x1f, 0x00],
]
const someContents = [
  ...[
    '',
    '00',
    '01',
    '7f',
    '80',
    'ff',
    '7fff',
    '8000',
    '7fffffff',
    '80000000',
    'ffffffffffffffff',
    '00ffffffffffffffff',
  ],
  // Times at the ends of what they can be, and beyond.
  ...['0000', '9999', '2400', '99991231235959Z', '00000101000000Z', '20270229120000Z', '500101000000Z'].map((text) =>
    Buffer.from(text).toString('hex'),
  ),
  // Identifiers that never end, and well-known ones in the wrong place.
  ...['808080808001', 'ffffffffffffffffff7f', '2a864886f70d010101', '2a864886f70d01050d', '551d11', '551d1e', '551d1c'],
  // Characters that act: control, direction, lone surrogates, a NUL.
  ...['e280ae', 'c280', 'd800', 'd83d', '610062', '0061d800', 'f09f9880', 'c328', '2e2e2f', '2a2e'],
]

type Change = (place: Placed, random: Random, donor: Node) => void

const changes: Change[] = [
  ({ node }, random) => void Object.assign(node, { tag: random.oneIn(4) ? random.below(256) : random.pick(someTags) }),
  ({ node }, random) => {
    node.length = random.pick(['padded', 'indefinite', { lie: random.below(300) }, { lie: random.pick(farLengths) }])
  },
  ({ node, siblings, index }, random) => {
    // A thousand copies of a thousand copies would take all memory, and be cut off later.
    const most = MAX_INPUT / (write(node).length + 1)
    const copies = Math.min(random.pick([1, 1, 1, 2, 3, 10, 100, 1000]), most)
    siblings.splice(index, 0, ...Array.from({ length: copies }, () => structuredClone(node)).map(revive))
  },
  ({ siblings, index }) => void siblings.splice(index, 1),
  ({ siblings, index }, random) => {
    const other = random.below(siblings.length)
    const [one, two] = [siblings[index], siblings[other]]
    if (one !== undefined && two !== undefined) [siblings[index], siblings[other]] = [two, one]
  },
  ({ siblings, index }, _, donor) => void siblings.splice(index, 1, donor),
  ({ siblings, index }, _, donor) => void siblings.splice(index, 0, donor),
  ({ node }, random) => octets(node, Buffer.from(random.pick(someContents), 'hex')),
  ({ node }, random) => octets(node, random.bytes(random.below(40))),
  ({ node }, random) => {
    const content = plain(node)
    octets(node, content.subarray(0, random.below(content.length + 1)))
  },
  ({ node }, random) => {
    const content = Buffer.from(plain(node))
    if (content.length === 0) return
    const at = random.below(content.length)
    content[at] = (content[at] ?? 0) ^ (1 << random.below(8))
    octets(node, content)
  },
  // Numbers, identifiers and strings of a size that nobody needs.
  ({ node }, random) => octets(node, Buffer.alloc(random.pick([20, 64, 129, 257, 4097, 20_000]), random.below(256))),
  ({ siblings, index, node }, random) => {
    let inner = node
    const tag = random.pick([0x30, 0x31, 0xa0, 0x24, 0x04, 0xa4])
    const depth = random.pick([1, 1, 2, 3, 10, 33, 100, 1000])
    for (let level = 0; level < depth; level += 1) inner = { ...leaf(tag), children: [inner] }
    siblings[index] = inner
  },
]

const farLengths = [0x7f, 0x80, 0xff, 0x100, 0xffff, 0x10000, 0x7fffffff, 0xffffffff]

const leaf = (tag: number): Node => ({
  tag,
  children: null,
  content: Buffer.alloc(0),
  prefix: Buffer.alloc(0),
  length: 'short',
})

/** structuredClone makes plain Uint8Arrays of Buffers. */
function revive(node: Node): Node {
  const { children, content, prefix } = node
  return {
    ...node,
    children: children?.map(revive) ?? null,
    content: Buffer.from(content),
    prefix: Buffer.from(prefix),
  }
}

const plain = (node: Node): Buffer =>
  node.children === null ? node.content : Buffer.concat([node.prefix, ...node.children.map(write)])

function octets(node: Node, content: Buffer): void {
  node.children = null
  node.content = content
}

/** Changes the structure of a DER file, with parts of another one; null where `bytes` is not DER. */
export function mutateDer(bytes: Buffer, other: Buffer, random: Random): Buffer | null {
  const nodes = parse(bytes)
  if (nodes === null || nodes.length === 0) return null
  const donors = placesIn(parse(other) ?? [])
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const places = placesIn(nodes)
    if (places.length === 0) break
    const donor = donors.length === 0 ? leaf(0x05) : revive(random.pick(donors).node)
    random.pick(changes)(random.pick(places), random, donor)
  }
  return Buffer.concat(nodes.map(write))
}
