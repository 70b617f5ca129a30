import type { Command } from 'commander'
import { parseProxy } from '#electron/probe/proxies'
import type { NetworkChoice } from '#electron/services/connection-test'
import type { FileServices } from '#electron/services/file-services'
import { AppError } from '#shared/errors'
import { parseAddress, parseConnectTo } from '#shared/logic/address'
import { joinNames } from '#shared/logic/formatting'
import type { ConnectTo } from '#shared/model/host'
import { Sha256 } from '#shared/model/ids'
import { readFiles } from './input-files'
import { collect } from './options'
import { readSecret } from './secrets'

export interface NetworkOptions {
  connectTo: string
  pin?: string
  ca: string[]
  proxyUrl?: string
  noProxy?: true
  proxyPasswordFile?: string
  ipv4?: true
  ipv6?: true
  'http1.1'?: true
  timeout?: string
}

/** `--proxy` and `--no-proxy` are one option to commander, whose value would not tell that both were given. */
export const withNetwork = (command: Command): Command =>
  command
    .on('option:proxy', (url) => command.setOptionValue('proxyUrl', url))
    .on('option:no-proxy', () => command.setOptionValue('noProxy', true))
    .option('--connect-to <address:port>', 'connect to this address instead; SNI and Host keep the name', '')
    .option('--pin <sha256>', 'accept a server with exactly this key (SHA-256 of its SubjectPublicKeyInfo)')
    .option('--ca <file>', 'further roots for the server’s certificate (repeatable)', collect, [])
    .option('--proxy <url>', 'connect through this HTTP proxy (default: as HTTPS_PROXY, ALL_PROXY and NO_PROXY say)')
    .option('--no-proxy', 'connect directly')
    .option('--proxy-password-file <file>', 'password of the proxy, in the first line (or LATCHKEY_PROXY_PASSWORD)')
    .option('-4, --ipv4', 'use IPv4 addresses only')
    .option('-6, --ipv6', 'use IPv6 addresses only')
    .option('--http1.1', 'do not offer HTTP/2')
    .option('--timeout <seconds>', 'time limit for each attempt (default: 15)')

export interface Site {
  hostname: string
  port: number
  path: string
  connectTo: ConnectTo | null
}

/** Errors: `address-invalid`, which names the address if there are several. */
export const readSites = (addresses: string[], connectTo: string): Site[] =>
  addresses.map((typed) => {
    const refuse = (reason: string) =>
      new AppError('address-invalid', addresses.length === 1 ? reason : `${typed}: ${reason}`)
    const address = parseAddress(typed)
    if (!address.ok) throw refuse(address.reason)
    const { hostname, port, path } = address
    const other = parseConnectTo(connectTo, port)
    if (!other.ok) throw refuse(other.reason)
    return { hostname, port, path, connectTo: other.connectTo }
  })

export function readPin(text: string | undefined): Sha256 | null {
  if (text === undefined) return null
  const pin = Sha256.safeParse(text.toLowerCase())
  if (!pin.success) throw new AppError('invalid-input', '--pin takes 64 hexadecimal digits.')
  return pin.data
}

/** Without what stands in files. */
type Choice = Omit<NetworkChoice, 'roots'>

/** Errors: `invalid-input` for options that contradict each other, and for values that cannot be used. */
export function readNetwork(options: NetworkOptions): Choice {
  const { proxyUrl, noProxy, proxyPasswordFile, ipv4, ipv6, timeout } = options
  requireAtMostOne({ '--proxy': proxyUrl, '--no-proxy': noProxy })
  requireAtMostOne({ '--ipv4': ipv4, '--ipv6': ipv6 })
  const proxy = proxyUrl === undefined ? null : readProxy(proxyUrl)
  if (proxyPasswordFile !== undefined && !proxy?.credentials)
    throw new AppError('invalid-input', '--proxy-password-file needs the name of the user: --proxy http://USER@…')
  return {
    ...(noProxy ? { proxy: 'off' } : {}),
    ...(proxy === null ? {} : { proxy }),
    ...(ipv4 ? { family: 4 } : {}),
    ...(ipv6 ? { family: 6 } : {}),
    ...(options['http1.1'] ? { http1: true } : {}),
    ...(timeout === undefined ? {} : { timeoutMs: 1_000 * readSeconds(timeout) }),
  }
}

/** Errors: `invalid-input` if several of these options were given. */
export function requireAtMostOne(options: Record<string, unknown>): void {
  const given = Object.keys(options).filter((name) => options[name] !== undefined)
  if (given.length > 1) throw new AppError('invalid-input', `Use only one of ${joinNames(given)}.`)
}

function readProxy(text: string) {
  if (/^socks/iu.test(text))
    throw new AppError('invalid-input', 'SOCKS proxies are not supported. --proxy takes an HTTP or HTTPS proxy.')
  if (/^[^/]*(?:\/\/)?[^/@]*:[^/@]*@/u.test(text))
    throw new AppError(
      'invalid-input',
      'Leave the password out of --proxy, since other programs can read it there. Use --proxy-password-file, LATCHKEY_PROXY_PASSWORD or HTTPS_PROXY.',
    )
  const proxy = parseProxy(text, 'command-line')
  if (proxy === null)
    throw new AppError('invalid-input', '--proxy takes the address of a proxy, for example http://proxy.example:3128.')
  return proxy
}

const MAX_SECONDS = 600

function readSeconds(text: string): number {
  const seconds = /^\d+(?:\.\d+)?$/u.test(text) ? Number(text) : 0
  if (seconds <= 0 || seconds > MAX_SECONDS)
    throw new AppError('invalid-input', `--timeout takes a number of seconds, at most ${MAX_SECONDS}.`)
  return seconds
}

/** Adds what has to be read from files: the password of the proxy, and further roots. */
export async function completeNetwork(
  { fileTest }: Pick<FileServices, 'fileTest'>,
  choice: Choice,
  { ca, proxyPasswordFile }: NetworkOptions,
): Promise<NetworkChoice> {
  const proxy = await withPasswordOfProxy(choice.proxy, proxyPasswordFile)
  const network = proxy === undefined ? choice : { ...choice, proxy }
  if (ca.length === 0) return network
  const certificates = await fileTest.roots(await readFiles(ca))
  return { ...network, roots: { certificates, from: joinNames(ca) } }
}

async function withPasswordOfProxy(proxy: Choice['proxy'], file: string | undefined): Promise<Choice['proxy']> {
  if (proxy === undefined || proxy === 'off' || proxy.credentials === null) return proxy
  const question = 'Password of the proxy: '
  const password = await readSecret({ file, variable: 'LATCHKEY_PROXY_PASSWORD', question })
  if (password === null)
    throw new AppError('password-needed', 'For the proxy, use --proxy-password-file or LATCHKEY_PROXY_PASSWORD.')
  return { ...proxy, credentials: { ...proxy.credentials, password } }
}
