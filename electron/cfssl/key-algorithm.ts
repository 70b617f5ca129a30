import { AppError } from '#shared/errors'
import { KeyAlgorithm } from '#shared/model/key'
import type { CsrFile } from './files'

/** `key.algo` and `key.size`, as far as Access accepts them. Errors: `unsupported-algorithm`. */
export function keyAlgorithmOf({ algo, size }: CsrFile['key']): KeyAlgorithm {
  const wanted = algo === 'ecdsa' ? `p-${size}` : `${algo}-${size}`
  const known = KeyAlgorithm.safeParse(wanted)
  if (known.success) return known.data
  throw new AppError(
    'unsupported-algorithm',
    `“${algo}” of ${size} bits; rsa with 2048, 3072 or 4096 and ecdsa with 256, 384 or 521 can be made.`,
  )
}
