import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { throwAwayMark } from '#electron/main/throw-away-home'
import { openWorkshop, type Workshop } from '../support/openssl'
import { filesInArchive, packageInto, runPackaged } from '../support/packaged'
import { listen } from '../support/ports'
import { isSoak } from '../support/rounds'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const pemOf = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }))
const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }))

const { version } = z.object({ version: z.string() }).parse(JSON.parse(readFileSync('package.json', 'utf8')))
const release = Buffer.from('#!/bin/sh\necho the release\n'.repeat(10_000))
const today = 'the Latchkey of today'

/**
 * A package that is built with a feed, as an AppImage: with its variables, around the folder that it holds. The feed is written by
 * `npm run feed`, and served by https on this computer.
 */
describe.runIf(isSoak && process.platform === 'linux')('a package with a feed of updates', () => {
  let workshop: Workshop
  let server: Server
  let folder: string
  let executable: string
  let home: string
  let appImage: string
  let asked: string[]

  beforeAll(async () => {
    workshop = await openWorkshop()
    folder = mkdtempSync(join(tmpdir(), 'latchkey-feed-'))
    const [key, cert] = await serverCertificate(workshop)
    server = createServer({ key, cert }, (request, response) => {
      const name = basename(request.url ?? '')
      asked.push(name)
      const file = join(folder, 'release', name)
      if (existsSync(file)) response.end(readFileSync(file))
      else response.writeHead(404).end()
    })
    const port = await listen(server)
    executable = packageInto(join(folder, 'package'), {
      // An earlier version than the one that the feed offers.
      options: ['-c.extraMetadata.version=0.0.9'],
      environment: {
        LATCHKEY_TEST: '0',
        LATCHKEY_UPDATE_FEED: `https://localhost:${port}/feed`,
        LATCHKEY_UPDATE_KEY: publicPem,
      },
    })
  }, 900_000)
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await workshop.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  beforeEach(async () => {
    asked = []
    home = mkdtempSync(join(folder, 'home-'))
    writeFileSync(join(home, throwAwayMark), realpathSync(home))
    appImage = join(home, 'programs', 'Latchkey.AppImage')
    mkdirSync(dirname(appImage))
    writeFileSync(appImage, today, { mode: 0o755 })
    await trust(workshop, home)
  })

  /** As release.yml does it. */
  function publish(signer: KeyObject): void {
    const released = join(folder, 'release')
    mkdirSync(released, { recursive: true })
    writeFileSync(join(released, `Latchkey-${version}.AppImage`), release)
    const env = { ...process.env, LATCHKEY_UPDATE_SIGNING_KEY: pemOf(signer) }
    execFileSync(process.execPath, ['electron/setup/feed.mjs', released], { env, stdio: 'pipe' })
  }

  const run = () =>
    runPackaged(executable, {
      home,
      args: ['--guided-lab'],
      environment: { APPIMAGE: appImage, APPDIR: dirname(executable) },
    })
  const journeyHeld = 'Every step of the practice journey passed.'

  it('has the address and the key of the feed, and no other', () => {
    const path = join(dirname(executable), 'resources', 'app.asar')
    const archive = readFileSync(path)
    const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
    expect([archive.includes('https://localhost:'), archive.includes(key)]).toEqual([true, true])
    expect(filesInArchive(path).filter((name) => name.includes('stand-in'))).toEqual([])
  })

  it('becomes the release of its feed when it quits', async () => {
    publish(privateKey)
    const { code, output } = await run()
    expect(output).toContain(journeyHeld)
    expect(code).toBe(0)
    expect(asked).toEqual(['latest-linux.yml.sig', 'latest-linux.yml', `Latchkey-${version}.AppImage`])
    expect(readFileSync(appImage).equals(release)).toBe(true)
  })

  it('stays as it is where somebody else has signed the release', async () => {
    publish(generateKeyPairSync('ed25519').privateKey)
    const { code } = await run()
    expect(code).toBe(0)
    expect(asked).toEqual(['latest-linux.yml.sig', 'latest-linux.yml'])
    expect(readFileSync(appImage, 'utf8')).toBe(today)
  })
})

/** For localhost, by a CA that the browser of a HOME can be told to trust. Returns key and certificate. */
async function serverCertificate({ openssl, read, write }: Workshop): Promise<[Buffer, Buffer]> {
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-subj', '/CN=Feed CA')
  await write('leaf.ext', 'subjectAltName=DNS:localhost\nextendedKeyUsage=serverAuth\n')
  await openssl('req', ...newKey, '-keyout', 'feed.key', '-out', 'feed.csr', '-subj', '/CN=localhost')
  const issue = [
    'x509',
    '-req',
    '-in',
    'feed.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-CAcreateserial',
    '-days',
    '30',
  ]
  await openssl(...issue, '-extfile', 'leaf.ext', '-out', 'feed.pem')
  return [await read('feed.key'), await read('feed.pem')]
}

async function trust({ run, path }: Workshop, home: string): Promise<void> {
  const database = join(home, '.pki', 'nssdb')
  mkdirSync(database, { recursive: true })
  await run('certutil', ['-N', '-d', `sql:${database}`, '--empty-password'])
  await run('certutil', ['-A', '-d', `sql:${database}`, '-n', 'Feed CA', '-t', 'C,,', '-i', path('ca.pem')])
}
