import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { afterAll } from 'vitest'
import { createLabPki, labHostname } from '#electron/lab/pki'
import { encodePem } from '#electron/pki/containers/pem'

export interface HttpsSite {
  hostname: typeof labHostname
  port: number
  origin: string
  /** PEM: vouches for this server; no system knows it. */
  rootPem: string
  /** DER */
  certificate: Uint8Array
}

/** A real HTTPS server on loopback that ends with the file's tests. Nobody trusts it unless told to. */
export async function startHttpsSite(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<HttpsSite> {
  const { server: own, serverRoot } = await createLabPki(new Date())
  const server = createServer(
    { key: encodePem('PRIVATE KEY', own.pkcs8), cert: encodePem('CERTIFICATE', own.certificate) },
    answer,
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The site has no port.')
  const { port } = address
  const rootPem = encodePem('CERTIFICATE', serverRoot.certificate)
  const origin = `https://${labHostname}:${port}`
  return { hostname: labHostname, port, origin, rootPem, certificate: own.certificate }
}
