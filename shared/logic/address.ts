import type { ConnectTo, Host } from '../model/host'
import { isDnsName } from './dns-name'
import { toAsciiName } from './international-name'

export type ParsedAddress = { ok: true; hostname: string; port: number; path: string } | { ok: false; reason: string }
export type ParsedConnectTo = { ok: true; connectTo: ConnectTo | null } | { ok: false; reason: string }

/** Of a path with its query, as it is sent. */
const MAX_PATH = 2048

const refuse = (reason: string) => ({ ok: false as const, reason })

/**
 * Reads what a person types or pastes: surrounding quotes and brackets, stray spaces, capital letters, a missing scheme
 * and a trailing dot are forgiven. What cannot be read is said in words.
 */
export function parseAddress(text: string): ParsedAddress {
  const clean = tidy(text)
  if (clean === '') return refuse('Enter the address of the site, for example https://admin.example.com/.')
  const [, scheme = 'https', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/iu.exec(clean) ?? []
  if (scheme.toLowerCase() === 'http')
    return refuse('Client certificates need https, but this address starts with http.')
  if (scheme.toLowerCase() !== 'https') return refuse(`Only https addresses can be tested, not ${scheme}.`)
  const [, authority = '', tail = ''] = /^([^/?#]*)(.*)$/u.exec(rest) ?? []
  if (authority.includes('@'))
    return refuse('A user name in the address is not supported. Leave out everything before the @.')
  const place = splitPort(authority, 443)
  if (!place.ok) return place
  const hostname = nameOf(place.host)
  if (hostname === null) return refuse(describeBadName(place.host))
  const path = pathOf(tail)
  if (path.length > MAX_PATH)
    return refuse(`The part behind the name of the site has more than ${MAX_PATH} characters.`)
  return { ok: true, hostname, port: place.port, path }
}

/** Pasted text brings quotes, angle brackets, spaces and invisible characters along. */
function tidy(text: string): string {
  return text.replace(/[\s\u200b-\u200d\u2060\ufeff]+/gu, '').replace(/^[<"'“‘(]+|[>"'”’),;]+$/gu, '')
}

function pathOf(tail: string): string {
  const withoutFragment = tail.replace(/#.*$/u, '')
  const path = withoutFragment.startsWith('/') ? withoutFragment : `/${withoutFragment}`
  return encodeOddCharacters(path)
}

/** What may not stand in a request line is percent-encoded; what is encoded already stays. */
function encodeOddCharacters(path: string): string {
  return path.replace(/[^\u0021-\u007e]|["<>\\^`{|}]/gu, (character) => encodeURIComponent(character))
}

function splitPort(
  authority: string,
  fallback: number,
): { ok: true; host: string; port: number } | { ok: false; reason: string } {
  const bracketed = /^\[([^\]]*)\](?::(\d*))?$/u.exec(authority)
  const plain = /^([^:]*)(?::(\d*))?$/u.exec(authority)
  const isBareIpv6 = (authority.match(/:/gu) ?? []).length > 1 && bracketed === null
  const [, host = '', digits = ''] = bracketed ?? (isBareIpv6 ? [authority, authority, ''] : (plain ?? []))
  if (bracketed === null && plain === null && !isBareIpv6) return refuse('The port must be a number.')
  const port = digits === '' ? fallback : Number(digits)
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return refuse('The port must be a number from 1 to 65535.')
  return { ok: true, host, port }
}

function nameOf(host: string): string | null {
  const lower = toAsciiName(host).replace(/\.$/u, '')
  if (isIpv4(lower) || isIpv6(lower)) return lower
  return isDnsName(lower) && !lower.startsWith('*') && !/^[\d.]+$/u.test(lower) ? lower : null
}

/** Without leading zeros (RFC 3986 §3.2.2): some programs read them as octal, others do not. */
const isIpv4 = (text: string) =>
  /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/u.test(text) && text.split('.').every((part) => Number(part) < 256)

/** Eight groups, or fewer around a single `::` (RFC 4291 §2.2); the last two may be written as IPv4. */
function isIpv6(text: string): boolean {
  const [whole, tail] = /^(.*:)(\d+(?:\.\d+){3})$/u.exec(text)?.slice(1) ?? [text, null]
  if (tail !== null && tail !== undefined && !isIpv4(tail)) return false
  const groups = `${whole ?? ''}${tail === null ? '' : '0:0'}`.split(':')
  const gaps = text.match(/::/gu)?.length ?? 0
  if (!groups.every((group) => /^[0-9a-f]{0,4}$/u.test(group)) || /:::|^:(?!:)|(?<!:):$/u.test(text)) return false
  return gaps === 0 ? groups.length === 8 && !groups.includes('') : gaps === 1 && groups.length <= 8
}

function describeBadName(host: string): string {
  if (host === '') return 'The name of the site is missing.'
  if (host.startsWith('*')) return 'A wildcard cannot be tested. Enter one name, without the asterisk.'
  return `“${host}” is not a valid host name.`
}

/** "", "address", "address:port" or "[v6]:port". The port is the site's own where none is given. */
export function parseConnectTo(text: string, port: number): ParsedConnectTo {
  const clean = tidy(text)
  if (clean === '') return { ok: true, connectTo: null }
  const place = splitPort(clean, port)
  if (!place.ok) return place
  const address = nameOf(place.host)
  if (address === null) return refuse(describeBadName(place.host))
  return { ok: true, connectTo: { address, port: place.port } }
}

/**
 * Why no connection is made to a site that an earlier version kept, in words; null for all that can be typed today. Programs
 * read some of these addresses differently, so nobody could say whom a certificate was shown to.
 */
export function whyNotReadable({ hostname, port, connectTo }: Pick<Host, 'hostname' | 'port' | 'connectTo'>) {
  // It would end within the name, and lead to another site than it seems to.
  if (/[/?#@\\]/u.test(hostname)) return describeBadName(hostname)
  const address = parseAddress(formatAddress({ hostname, port, path: '/' }))
  const instead = parseConnectTo(formatConnectTo(connectTo), port)
  if (!address.ok) return address.reason
  return instead.ok ? null : instead.reason
}

/** As it stands in a browser's address bar. */
export function formatAddress(host: Pick<Host, 'hostname' | 'port' | 'path'>): string {
  return `https://${hostHeader(host)}${host.path}`
}

/** The same in a heading, without what all addresses have in common. */
export const shortAddress = (host: Pick<Host, 'hostname' | 'port' | 'path'>): string =>
  formatAddress(host)
    .replace(/^https:\/\//u, '')
    .replace(/\/$/u, '')

/** The value of the Host header: brackets around IPv6, the port only where it is not 443. */
export function hostHeader({ hostname, port }: Pick<Host, 'hostname' | 'port'>): string {
  const name = hostname.includes(':') ? `[${hostname}]` : hostname
  return port === 443 ? name : `${name}:${port}`
}

export function formatConnectTo(connectTo: ConnectTo | null): string {
  if (connectTo === null) return ''
  const name = connectTo.address.includes(':') ? `[${connectTo.address}]` : connectTo.address
  return `${name}:${connectTo.port}`
}

/** Whether a host name or address, as URLs spell it, is this machine itself: what goes there leaves it on no wire. */
export const isThisMachine = (host: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(host.toLowerCase())
