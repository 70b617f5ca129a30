import { hostHeader } from '../address'
import type { Place } from './input'

/** Where a redirect leads, taken apart. Names are in lower case; the port is the scheme's own where none is written. */
export interface Target {
  scheme: string
  hostname: string
  port: number
  path: string
  /** With its question mark; empty where there is none. */
  query: string
}

/**
 * Resolves a Location header against the address that was asked (RFC 3986 §5.2, RFC 9110 §10.2.2). Null for what has no host,
 * such as `about:blank`. By hand, since this folder knows neither browser nor Node.
 */
export function resolveLocation(location: string, place: Place): Target | null {
  const text = location.trim().replace(/#.*$/su, '')
  const [, scheme, host, port, rest] =
    /^(?:([a-z][a-z0-9+.-]*):)?\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d*))?(.*)$/isu.exec(text) ?? []
  if (host !== undefined) {
    if (host === '') return null
    const name = (scheme ?? 'https').toLowerCase()
    return {
      scheme: name,
      hostname: host.toLowerCase().replace(/^\[|\]$|\.$/gu, ''),
      port: port === undefined || port === '' ? (name === 'http' ? 80 : 443) : Number(port),
      ...split(rest?.startsWith('/') === true ? rest : `/${rest ?? ''}`),
    }
  }
  if (/^[a-z][a-z0-9+.-]*:/iu.test(text)) return null
  const here = { scheme: 'https', hostname: place.hostname, port: place.port }
  const current = split(place.path)
  if (text === '') return { ...here, ...current }
  if (text.startsWith('?')) return { ...here, path: current.path, query: text }
  if (text.startsWith('/')) return { ...here, ...split(text) }
  return { ...here, ...split(`${current.path.replace(/[^/]*$/u, '')}${text}`) }
}

function split(path: string): Pick<Target, 'path' | 'query'> {
  const at = path.indexOf('?')
  return at < 0
    ? { path: withoutDots(path), query: '' }
    : { path: withoutDots(path.slice(0, at)), query: path.slice(at) }
}

/** Takes "." and ".." out of a path, as every client does before it asks (RFC 3986 §5.2.4). */
function withoutDots(path: string): string {
  if (!/(?:^|\/)\.{1,2}(?:\/|$)/u.test(path)) return path
  const kept: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1
    if (segment === '..') kept.pop()
    if (segment !== '.' && segment !== '..') kept.push(segment)
    else if (isLast) kept.push('')
  }
  return `/${kept.join('/')}`
}

/** Whether a redirect leads to the very address that was asked. */
export const isSameAddress = (target: Target, place: Place): boolean =>
  target.scheme === 'https' &&
  hostHeader(target) === hostHeader(place) &&
  `${target.path}${target.query}` === place.path

/** Whether a query has a parameter of this name. */
export const hasParameter = ({ query }: Target, name: string): boolean =>
  query
    .slice(1)
    .split('&')
    .some((part) => part.split('=')[0] === name)
