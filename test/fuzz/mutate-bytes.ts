import type { Random } from './random'

const edges = [0x00, 0x01, 0x0a, 0x0d, 0x20, 0x22, 0x2d, 0x30, 0x7f, 0x80, 0xff]

type Change = (bytes: Buffer, other: Buffer, random: Random) => Buffer

/** Without knowing what the octets mean. */
const changes: Change[] = [
  (bytes, _, random) => {
    const changed = Buffer.from(bytes)
    const at = random.below(changed.length)
    changed[at] = (changed[at] ?? 0) ^ (1 << random.below(8))
    return changed
  },
  (bytes, _, random) => {
    const changed = Buffer.from(bytes)
    changed[random.below(changed.length)] = random.pick(edges)
    return changed
  },
  (bytes, _, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, _, random) => {
    const [from, to] = span(bytes, random)
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)])
  },
  (bytes, _, random) => {
    const [from, to] = span(bytes, random)
    const copies = random.pick([1, 1, 2, 5, 50, 500])
    const part = bytes.subarray(from, to)
    return Buffer.concat([bytes.subarray(0, to), ...Array.from({ length: copies }, () => part), bytes.subarray(to)])
  },
  (bytes, other, random) =>
    Buffer.concat([bytes.subarray(0, random.below(bytes.length + 1)), other.subarray(random.below(other.length + 1))]),
  (bytes, other, random) => {
    const [from, to] = span(other, random)
    const at = random.below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)])
  },
  (bytes, _, random) => {
    const at = random.below(bytes.length + 1)
    return Buffer.concat([bytes.subarray(0, at), random.bytes(1 + random.below(8)), bytes.subarray(at)])
  },
]

function span(bytes: Buffer, random: Random): [number, number] {
  const from = random.below(bytes.length + 1)
  return [from, Math.min(bytes.length, from + 1 + random.below(random.pick([4, 32, 256, 4096])))]
}

export function mutateBytes(bytes: Buffer, other: Buffer, random: Random): Buffer {
  let changed = bytes
  for (let count = 1 + random.below(4); count > 0; count -= 1) changed = random.pick(changes)(changed, other, random)
  return changed
}
