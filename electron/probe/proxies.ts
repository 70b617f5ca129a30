import { isIP } from 'node:net'
import { isThisMachine } from '#shared/logic/address'
import type { UnusedProxy } from '#shared/model/attempt'
import type { Host } from '#shared/model/host'
import type { ProxyServer } from './probe'

interface ProxyVariables {
  https: string | null
  all: string | null
  except: string | null
}

interface ProxyPorts {
  variables: ProxyVariables
  /**
   * What the system's settings or PAC file say of an address, in the words of a PAC file ("PROXY proxy:8080; DIRECT"). Null
   * where there is nobody to ask: the command line evaluates no PAC file.
   */
  system: ((url: string) => Promise<string>) | null
}

/** The proxy to use, or one that is named first and cannot be used. Neither: connect directly. */
export interface ProxyAnswer {
  proxy: ProxyServer | null
  unused: UnusedProxy | null
}

export const directly: ProxyAnswer = { proxy: null, unused: null }
const through = (proxy: ProxyServer | null): ProxyAnswer => ({ proxy, unused: null })

type Site = Pick<Host, 'hostname' | 'port'>

/** The proxy for a site: from the environment where it names one, else from the system. This computer needs none. */
export function createProxyFinder({ variables, system }: ProxyPorts) {
  return async (site: Site): Promise<ProxyAnswer> => {
    if (isThisMachine(site.hostname.includes(':') ? `[${site.hostname}]` : site.hostname)) return directly
    const named = variables.https ?? variables.all
    if (named !== null) return isExcepted(site, variables.except) ? directly : fromVariable(named)
    if (system === null) return directly
    const host = site.hostname.includes(':') ? `[${site.hostname}]` : site.hostname
    return fromPac(await system(`https://${host}:${site.port}/`))
  }
}

function fromVariable(text: string): ProxyAnswer {
  const unused = readSocks(text, 'environment')
  return unused === null ? through(parseProxy(text, 'environment')) : { proxy: null, unused }
}

/** "socks5h://user:password@proxy:1080", as curl reads it; null for anything else. */
function readSocks(text: string, from: UnusedProxy['from']): UnusedProxy | null {
  const [, scheme, place] = /^(socks(?:4a?|5h?)?):\/\/(?:[^/?#]*@)?([^/?#@]+)/iu.exec(text) ?? []
  return scheme === undefined || place === undefined ? null : { address: `${scheme.toLowerCase()}://${place}`, from }
}

/**
 * "http://user:password@proxy:3128", as curl reads it: http where no scheme is given; without a port, 1080 for http and 443
 * for https. Null for anything else, SOCKS included.
 */
export function parseProxy(text: string, from: ProxyServer['from']): ProxyServer | null {
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`)
  if (url === null || url.hostname === '' || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null
  const protocol = url.protocol === 'https:' ? 'https' : 'http'
  // A URL drops the port that is its scheme's own, so the port is read from the text.
  const port = /^(?:[^:/]*:\/\/)?(?:[^/?#]*@)?(?:\[[^\]]*\]|[^:/?#]*):(\d{1,5})(?:[/?#]|$)/u.exec(text)?.[1] ?? null
  const credentials = url.username === '' ? null : { user: decoded(url.username), password: decoded(url.password) }
  return {
    protocol,
    hostname: url.hostname.replace(/^\[|\]$/gu, ''),
    port: port === null ? defaultPorts[protocol] : Number(port),
    credentials,
    from,
  }
}

/** What is not percent-encoded properly is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const defaultPorts = { http: 1080, https: 443 }

function parseUrl(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** NO_PROXY: names with or without a leading dot, addresses, each with an optional port; "*" for all. */
function isExcepted({ hostname, port }: Site, list: string | null): boolean {
  return (list ?? '')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*') return true
      const [, name = '', only] = isIP(entry) === 6 ? [entry, entry] : (/^(.*?)(?::(\d+))?$/u.exec(entry) ?? [])
      if (only !== undefined && Number(only) !== port) return false
      const domain = name
        .toLowerCase()
        .replace(/^\[|\]$/gu, '')
        .replace(/^\*?\./u, '')
      const host = hostname.toLowerCase()
      return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`))
    })
}

/**
 * The first choice that can be used: "PROXY host:port", "HTTPS host:port" or "DIRECT" (Netscape's PAC format); before
 * "DIRECT", a "SOCKS host:port" that cannot.
 */
function fromPac(answer: string): ProxyAnswer {
  let unused: UnusedProxy | null = null
  for (const choice of answer.split(';')) {
    const [, kind = '', place = ''] = /^\s*(\w+)\s*(.*?)\s*$/u.exec(choice) ?? []
    if (kind.toUpperCase() === 'DIRECT') return { proxy: null, unused }
    if (/^SOCKS[45]?$/iu.test(kind)) unused ??= readSocks(`${kind}://${place}`, 'system')
    const scheme = kind.toUpperCase() === 'HTTPS' ? 'https' : /^(?:PROXY|HTTP)$/iu.test(kind) ? 'http' : null
    const found = scheme === null ? null : parseProxy(`${scheme}://${place}`, 'system')
    if (found !== null) return through(found)
  }
  return { proxy: null, unused }
}
