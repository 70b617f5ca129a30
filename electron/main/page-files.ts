import { extname, join, normalize, sep } from 'node:path'
import { ownOrigin } from './page-address'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** The file inside `folder` that an address means; null for a path that leaves it, and for file types that the page does not have. */
export function pageFile(folder: string, url: URL): { path: string; type: string } | null {
  if (url.protocol !== ownOrigin.protocol || url.host !== ownOrigin.host) return null
  const name = decoded(url.pathname)
  if (name === null || name.includes('\0')) return null
  const path = normalize(join(folder, name))
  const type = types[extname(path)]
  return path.startsWith(folder + sep) && type !== undefined ? { path, type } : null
}

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null // A percent sign without its two digits.
  }
}

/** The page may load what is in the package and nothing else. Only style elements with the nonce apply, and Mantine's carry it. */
export const pageHeaders = (type: string, nonce: string) => ({
  'content-type': type,
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
})
