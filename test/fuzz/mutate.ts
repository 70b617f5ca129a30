import { MAX_INPUT } from './limits'
import { mutateBytes } from './mutate-bytes'
import { mutateDer } from './mutate-der'
import { mutateText } from './mutate-text'
import type { Random } from './random'

/** How the inputs of a reader are changed. */
export type Shape = 'der' | 'text' | 'bytes'

/** A change of `seed`, with parts of `other`. */
export function mutate(shape: Shape, seed: Buffer, other: Buffer, random: Random): Buffer {
  return changed(shape, seed, other, random).subarray(0, MAX_INPUT)
}

function changed(shape: Shape, seed: Buffer, other: Buffer, random: Random): Buffer {
  if (shape === 'bytes' || random.oneIn(8)) return mutateBytes(seed, other, random)
  if (shape === 'der') return mutateDer(seed, other, random) ?? mutateBytes(seed, other, random)
  const text = seed.toString()
  const inBlock = random.oneIn(3) ? mutateInBlock(text, other.toString(), random) : null
  return Buffer.from(inBlock ?? mutateText(text, other.toString(), random))
}

const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----\n([A-Za-z0-9+/=\n]+)-----END \1-----/gu

/** Changes the structure inside one PEM block and leaves its base64 right. */
function mutateInBlock(text: string, other: string, random: Random): string | null {
  const found = [...text.matchAll(block)]
  if (found.length === 0) return null
  const [whole, label = '', base64 = ''] = random.pick(found)
  const donor = Buffer.from(block.exec(other)?.[2] ?? base64, 'base64')
  block.lastIndex = 0
  const der = mutateDer(Buffer.from(base64, 'base64'), donor, random)
  if (der === null) return null
  const encoded = der.toString('base64').replace(/.{64}/gu, '$&\n')
  return text.replace(whole, () => `-----BEGIN ${label}-----\n${encoded}\n-----END ${label}-----`)
}
