import type { KeyAlgorithm } from '../model/key'

/** The key that Latchkey makes in the place of one that is described so: of the same type and no smaller, where it can. */
export function keyTypeLike(description: string): KeyAlgorithm {
  const bits = Number(/^RSA\b.* (\d+)$/u.exec(description)?.[1] ?? 0)
  if (bits > 3072) return 'rsa-4096'
  if (bits > 2048) return 'rsa-3072'
  if (bits > 0) return 'rsa-2048'
  if (description === 'EC P-384') return 'p-384'
  return description === 'EC P-521' ? 'p-521' : 'p-256'
}
