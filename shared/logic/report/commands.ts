import type { Host } from '../../model/host'
import { formatAddress, formatConnectTo } from '../address'
import { fileHere, hasControl, posix, powershell, quoted } from '../quoting'

/** The programs that a test can be repeated with outside Latchkey. */
export const tools = ['curl', 'curl-windows', 'node', 'python', 'postman'] as const
export type Tool = (typeof tools)[number]

interface CertificateFiles {
  certificate: string
  key: string
  /** A program that cannot ask for its password takes it from the environment. */
  isKeyEncrypted?: boolean
}

export interface CommandInput {
  host: Pick<Host, 'hostname' | 'port' | 'path' | 'connectTo'>
  /** With a certificate, whose files the reader puts in the place of these names; null for the attempt without one. */
  files: CertificateFiles | null
  /** "http://proxy:3128", without credentials; null: connect directly; absent: as that program does on its own. */
  proxy?: string | null
}

/**
 * The same request for another program, with the certificate by path and never inline. Nothing here turns off the check of
 * the server's certificate. Null where an address holds a control character, which no quoting makes safe.
 */
export function commandFor(tool: Tool, input: CommandInput): string | null {
  const { host, files, proxy } = input
  const parts = [formatAddress(host), formatConnectTo(host.connectTo), files?.certificate, files?.key, proxy]
  if (parts.some((part) => typeof part === 'string' && hasControl(part))) return null
  switch (tool) {
    case 'curl':
      return ['curl --verbose', ...curlOptions(input, posix), posix(formatAddress(host))].join(' \\\n  ')
    case 'curl-windows':
      return ['curl.exe --verbose', ...schannelOptions(input), powershell(formatAddress(host))].join(' `\n  ')
    case 'node':
      return nodeProgram(input)
    case 'python':
      return pythonProgram(input)
    case 'postman':
      return postmanNote(input)
  }
}

function networkOptions({ host, proxy }: CommandInput, quote: (text: string) => string): string[] {
  const { connectTo } = host
  const to = connectTo === null ? [] : [`--connect-to ${quote(`::${formatConnectTo(connectTo)}`)}`]
  if (proxy === undefined) return to
  return [...to, proxy === null ? `--noproxy ${quote('*')}` : `--proxy ${quote(proxy)}`]
}

/** What follows a colon would be a password to `--cert`; a backslash escapes it (curl's manual). */
export const curlFile = (name: string) => fileHere(name).replace(/[\\:]/gu, (special) => `\\${special}`)

function curlOptions(input: CommandInput, quote: (text: string) => string): string[] {
  const { files } = input
  const pair =
    files === null ? [] : [`--cert ${quote(curlFile(files.certificate))}`, `--key ${quote(fileHere(files.key))}`]
  return [...pair, ...networkOptions(input, quote)]
}

/** Windows' own curl uses Schannel, which takes certificates from the store by their thumbprint (curl's manual, --cert). */
function schannelOptions(input: CommandInput): string[] {
  const store = input.files === null ? [] : [`--cert ${powershell('CurrentUser\\MY\\THUMBPRINT')}`]
  return [...store, ...networkOptions(input, powershell)]
}

function nodeProgram({ host, files }: CommandInput): string {
  const lines =
    files === null
      ? []
      : [
          `cert: readFileSync(${quoted(files.certificate)})`,
          `key: readFileSync(${quoted(files.key)})`,
          ...(files.isKeyEncrypted === true ? ['passphrase: process.env.KEY_PASSWORD'] : []),
        ]
  return nodeRequest(host, lines)
}

/** `options`: lines of the object that `https.get` takes. */
export function nodeRequest(host: CommandInput['host'], options: string[]): string {
  const pair = options.map((line) => `\n  ${line},`).join('')
  const at =
    host.connectTo === null
      ? ''
      : `\n  host: ${quoted(host.connectTo.address)},\n  port: ${host.connectTo.port},\n  servername: ${quoted(host.hostname)},`
  return `import { readFileSync } from 'node:fs'
import { get } from 'node:https'

get(${quoted(formatAddress(host))}, {${pair}${at}
}, (answer) => {
  console.log(answer.statusCode, answer.headers)
  answer.resume()
})`
}

function pythonProgram({ host, files, proxy }: CommandInput): string {
  const options = [
    ...(files === null ? [] : [`cert=(${quoted(files.certificate)}, ${quoted(files.key)})`]),
    ...(typeof proxy !== 'string' ? [] : [`proxies={"https": ${quoted(proxy)}}`]),
    'allow_redirects=False',
  ]
  return `import requests

answer = requests.get(
    ${[quoted(formatAddress(host)), ...options].join(',\n    ')},
)
print(answer.status_code, dict(answer.headers))`
}

function postmanNote({ host, files, proxy }: CommandInput): string {
  const lines = [
    'Settings → Certificates → Client certificates → Add certificate',
    `Host: ${host.hostname}, port ${host.port}`,
    ...(files === null ? [] : [`CRT file: ${files.certificate}`, `KEY file: ${files.key}`]),
    ...(proxy === undefined ? [] : [proxy === null ? 'Settings → Proxy: off' : `Settings → Proxy: ${proxy}`]),
    `Then send: GET ${formatAddress(host)}`,
  ]
  return lines.join('\n')
}
