import type { KeyAlgorithm } from '#shared/model/key'

export type Algorithm = KeyAlgorithm

export const algorithms: { value: Algorithm; label: string }[] = [
  { value: 'rsa-2048', label: 'RSA 2048 (most compatible)' },
  { value: 'rsa-3072', label: 'RSA 3072' },
  { value: 'rsa-4096', label: 'RSA 4096 (takes a while)' },
  { value: 'p-256', label: 'EC P-256 (small and fast)' },
  { value: 'p-384', label: 'EC P-384' },
  { value: 'p-521', label: 'EC P-521' },
]

/** "RSA 4096", without the remark. */
export const algorithmName = (algorithm: Algorithm): string =>
  algorithms.find(({ value }) => value === algorithm)?.label.replace(/ \(.*$/u, '') ?? algorithm
