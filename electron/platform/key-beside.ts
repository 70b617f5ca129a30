import { extname } from 'node:path'

/** Where a file goes that belongs to `out`: there itself, or, for the key of a certificate, beside it as `.key`. */
export function pathOf(place: 'main' | 'key', out: string): string {
  if (place === 'main') return out
  const extension = extname(out)
  return `${extension === '' ? out : out.slice(0, -extension.length)}.key`
}
