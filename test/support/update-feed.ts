import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Feed } from '#electron/services/updates/feed'

/** What a feed says of one release, before it is signed. */
export interface ManifestText {
  format: number
  product: string
  system: string
  version: string
  releaseDate: string
  signed: string
  expires: string
  releaseNotes: string
  files: { url: string; sha512: string; size: number }[]
}

export interface UpdateServer {
  feed: Feed
  /** By its path; what is not here is 404. */
  answers: Map<string, RequestListener>
  /** Paths in the order in which they were asked for. */
  asked: string[]
  /** Puts a release there, signed by the key of the feed or by another one. */
  publish(release?: Partial<ManifestText>, signer?: KeyObject): ManifestText
  close(): Promise<void>
}

export const newSigner = (): KeyObject => generateKeyPairSync('ed25519').privateKey
/** What the new program consists of. */
export const newProgram = Buffer.from('#!/bin/sh\necho a newer Latchkey\n'.repeat(5000))
export const programName = 'Latchkey-9.0.0.AppImage'
export const manifestName = 'latest-linux.yml'

export const bytes =
  (content: Uint8Array): RequestListener =>
  (_request, response) =>
    void response.end(content)

/** Sends its beginning and then nothing; resolves once somebody waits for the rest. */
export function half(content: Uint8Array): { answer: RequestListener; reached: Promise<ServerResponse> } {
  const { promise, resolve } = withResolvers<ServerResponse>()
  return {
    reached: promise,
    answer: (_request, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, content.length / 2), () => resolve(response))
    },
  }
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

export const describeProgram = (content: Uint8Array, url = programName) => ({
  url,
  sha512: createHash('sha512').update(content).digest('base64'),
  size: content.length,
})

/** A real feed on loopback, with a key made for it. */
export async function startFeed(): Promise<UpdateServer> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const answers = new Map<string, RequestListener>()
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    const name = (request.url ?? '').slice('/feed/'.length)
    asked.push(name)
    const answer = answers.get(name)
    if (answer === undefined) response.writeHead(404).end()
    else answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    feed: {
      url: `http://127.0.0.1:${port}/feed`,
      publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    },
    answers,
    asked,
    publish(release = {}, signer = privateKey) {
      const manifest: ManifestText = {
        format: 1,
        product: 'latchkey',
        system: 'linux-x64',
        version: '9.0.0',
        releaseDate: '2026-11-01T00:00:00.000Z',
        signed: '2026-11-01T00:00:00.000Z',
        expires: '2999-01-01T00:00:00.000Z',
        releaseNotes: 'Tests run twice as fast.',
        files: [describeProgram(newProgram)],
        ...release,
      }
      const text = Buffer.from(JSON.stringify(manifest))
      answers.set(manifestName, bytes(text))
      answers.set(`${manifestName}.sig`, bytes(sign(null, text, signer)))
      answers.set(programName, bytes(newProgram))
      return manifest
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
