import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readStoreRoots } from '#electron/pki/x509/store-roots'
import { derOf } from '../../../../support/certificates'
import { type Walkthrough, walkThrough } from '../../../../support/openssl'

let walk: Walkthrough
beforeAll(async () => {
  walk = await walkThrough()
})
afterAll(() => walk.remove())

const root = async () => String(await walk.read('rootCA.pem'))

describe('roots of the operating system’s store', () => {
  it('are what the engine says of it, none twice', async () => {
    const text = await root()
    const engine = (type: unknown) => (type === 'system' ? [text, text] : [])
    expect(readStoreRoots(engine)).toEqual({ kind: 'read', certificates: [derOf(text)] })
  })

  it('are none but self-signed certificates that can be read', async () => {
    const text = await root()
    const damaged = text.replace(/\n.{8}/u, '\nAAAAAAAA')
    expect(readStoreRoots(() => [damaged, walk.intermediatePem, walk.clientPem, 'words', text])).toEqual({
      kind: 'read',
      certificates: [derOf(text)],
    })
    expect(readStoreRoots(() => [])).toEqual({ kind: 'read', certificates: [] })
  })

  it.each<[string, () => unknown]>([
    [
      'an exception',
      () => {
        throw new Error('The keychain cannot be opened.')
      },
    ],
    ['nothing', () => undefined],
    ['no list', () => ({ length: 1 })],
    ['a list of something else', () => [1, null]],
    ['a list of words', () => ['words']],
    ['a promise', () => Promise.resolve([])],
  ])('are not known after %s', (_what, engine) => {
    expect(readStoreRoots(engine)).toEqual({ kind: 'failed' })
  })

  it('cannot be read by an engine without the function', () => {
    expect(readStoreRoots(undefined)).toEqual({ kind: 'unsupported' })
    const hasFunction = typeof Reflect.get(tls, 'getCACertificates') === 'function'
    expect(readStoreRoots().kind).toBe(hasFunction ? 'read' : 'unsupported')
  })
})
