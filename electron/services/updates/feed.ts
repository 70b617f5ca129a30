import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, isAppError } from '#shared/errors'
import { MAX_MANIFEST_BYTES, type Manifest, type ReleaseFile, readManifest, SIGNATURE_BYTES } from './manifest'

/** Where a build gets its updates: a folder on a web server, and the key (SubjectPublicKeyInfo, DER, base64) of its manifests. */
export interface Feed {
  url: string
  publicKey: string
}

/**
 * The part of `fetch` that a feed needs. Chromium's goes through the proxy of the system, and no variable of the environment weakens
 * its TLS, as one does for Node's.
 */
type Get = (
  url: string,
  options: { redirect: 'error'; cache: 'no-store'; credentials: 'omit'; signal: AbortSignal },
) => Promise<Response>

export interface FeedPorts {
  get: Get
  /** How long a server may say nothing, in milliseconds. */
  patience: number
}

/**
 * Reads the manifest of a feed. Its signature comes first, and the octets that were checked are the ones that are read. Errors:
 * `update-unreachable`, `update-untrusted`, `update-damaged`.
 */
export async function fetchManifest(
  ports: FeedPorts,
  feed: Feed,
  { name, system }: { name: string; system: string },
): Promise<Manifest> {
  const signature = await fetchSmall(ports, addressIn(feed, `${name}.sig`), SIGNATURE_BYTES)
  if (signature === null) throw new AppError('update-untrusted', 'The feed has no signature.')
  const bytes = await fetchSmall(ports, addressIn(feed, name), MAX_MANIFEST_BYTES)
  if (bytes === null) throw new AppError('update-unreachable', 'The feed has no manifest for this system.')
  return readManifest(bytes, signature, feed.publicKey, system)
}

/**
 * Downloads a file of a release to a path. Nothing may have that name yet, or it is replaced. It has the size and the SHA-512 of
 * the manifest, or the promise fails. Errors: `update-unreachable`, `update-damaged`, `update-failed`.
 */
export async function downloadFile(ports: FeedPorts, feed: Feed, file: ReleaseFile, path: string): Promise<void> {
  const response = await open(ports, addressIn(feed, file.url))
  if (response === null) throw new AppError('update-unreachable', `The feed has no file ${file.url}.`)
  const hash = createHash('sha512')
  let size = 0
  const pieces = Readable.from(
    (async function* () {
      for await (const piece of response.pieces) {
        size += piece.length
        if (size > file.size) throw new AppError('update-damaged', `${file.url} is larger than the manifest says.`)
        hash.update(piece)
        yield piece
      }
    })(),
  )
  await pipeline(pieces, createWriteStream(path, { mode: 0o600 })).catch((error: unknown) => {
    if (isAppError(error)) throw error
    throw new AppError('update-failed', error instanceof Error ? error.message : null)
  })
  if (size !== file.size) throw new AppError('update-damaged', `${file.url} is shorter than the manifest says.`)
  if (hash.digest('base64') !== file.sha512)
    throw new AppError('update-damaged', `${file.url} does not have the checksum of the manifest.`)
}

const addressIn = ({ url }: Feed, name: string): string => new URL(name, url.endsWith('/') ? url : `${url}/`).href

/** Null where the server says that there is none. */
async function fetchSmall(ports: FeedPorts, url: string, maximum: number): Promise<Uint8Array | null> {
  const response = await open(ports, url)
  if (response === null) return null
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.pieces) {
    size += piece.length
    if (size > maximum) throw new AppError('update-damaged', `${nameOf(url)} is too large.`)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

interface OpenAnswer {
  pieces: AsyncGenerator<Uint8Array>
}

/**
 * A server that redirects is not the one that the build names, and is not followed. No answer, an error of the server and silence
 * are `update-unreachable`; null is 404.
 */
async function open({ get, patience }: FeedPorts, url: string): Promise<OpenAnswer | null> {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(() => abort.abort(), patience)
  }
  const unreachable = (error: unknown): AppError => {
    clearTimeout(timer)
    if (isAppError(error)) return error
    return new AppError('update-unreachable', abort.signal.aborted ? `${nameOf(url)}: no answer` : causeOf(error, url))
  }
  wait()
  const options = { redirect: 'error', cache: 'no-store', credentials: 'omit', signal: abort.signal } as const
  const response = await get(url, options).catch((error: unknown) => {
    throw unreachable(error)
  })
  if (response.status !== 200 || response.body === null) {
    clearTimeout(timer)
    abort.abort()
    if (response.status === 404) return null
    // Chromium shows this answer of a proxy as the server's, also to a request through a tunnel.
    if (response.status === 407) throw new AppError('update-unreachable', proxySignIn)
    throw new AppError('update-unreachable', `${nameOf(url)}: HTTP status ${response.status}`)
  }
  const reader = response.body.getReader()
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let isDone = false
    try {
      for (;;) {
        wait()
        const { done, value } = await reader.read()
        if (done) {
          isDone = true
          return
        }
        // Whoever takes it may be slow; that is not the server's fault.
        clearTimeout(timer)
        yield value
      }
    } catch (error) {
      throw unreachable(error)
    } finally {
      clearTimeout(timer)
      if (!isDone) abort.abort()
    }
  }
  return { pieces: pieces() }
}

const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

const proxySignIn =
  'The proxy in the settings of this computer requires a sign-in, which Latchkey does not do for updates.'

/** Node's `fetch` says only that it failed; the reason is its cause. Chromium's says its own name of the reason. */
function causeOf(error: unknown, url: string): string | null {
  if (!(error instanceof Error)) return null
  const said = error.cause instanceof Error ? error.cause.message : error.message
  const [, name] = /^net::(ERR_\w+)$/u.exec(said) ?? []
  const words = name === undefined ? null : wordsFor(name, new URL(url).hostname)
  return words === null ? said : `${words} (${name})`
}

/** For what an administrator of the network or of this computer can change (Chromium, net/base/net_error_list.h). */
function wordsFor(name: string, host: string): string | null {
  switch (name) {
    case 'ERR_CERT_AUTHORITY_INVALID':
      return `The certificate shown for ${host} is not trusted on this computer. If your network inspects connections, its CA must be trusted here.`
    case 'ERR_CERT_DATE_INVALID':
      return `The certificate shown for ${host} is not valid on the date of this computer.`
    case 'ERR_PROXY_CONNECTION_FAILED':
      return 'The proxy in the settings of this computer cannot be reached.'
    // Whatever the proxy answered: that it may not, or that it could not.
    case 'ERR_TUNNEL_CONNECTION_FAILED':
      return `The proxy in the settings of this computer did not connect to ${host}.`
    case 'ERR_PROXY_AUTH_REQUESTED':
    case 'ERR_PROXY_AUTH_UNSUPPORTED':
      return proxySignIn
    default:
      return name.startsWith('ERR_CERT_') ? `The certificate shown for ${host} is not valid.` : null
  }
}
