import { execFile, execFileSync } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { manifestOf, readManifest } from '#electron/services/updates/manifest'
import { temporaryFolder } from '../support/home'

const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const publicPem = String(publicKey.export({ type: 'spki', format: 'pem' }))
const pemOf = (key: KeyObject) => String(key.export({ type: 'pkcs8', format: 'pem' }))
const privatePem = pemOf(privateKey)

const packages = {
  'Latchkey-0.1.0.AppImage': 'linux-x64',
  'Latchkey-0.1.0-arm64.AppImage': 'linux-arm64',
  'Latchkey-0.1.0-mac.zip': 'darwin',
  'Latchkey-0.1.0-arm64-mac.zip': 'darwin',
  'Latchkey-Setup-0.1.0.exe': 'win32-x64',
  'Latchkey-0.1.0.msi': null,
  'latchkey_0.1.0_amd64.deb': null,
}

function release(): string {
  const folder = temporaryFolder()
  for (const name of Object.keys(packages)) writeFileSync(join(folder, name), `this is ${name}`)
  return folder
}

/** `npm run feed`, as release.yml runs it. */
async function run(folder: string, environment: Record<string, string>) {
  const { PATH = '' } = process.env
  const env = { PATH, SOURCE_DATE_EPOCH: '1790000000', ...environment }
  return promisify(execFile)('node', ['electron/setup/feed.mjs', folder], { env }).then(
    () => ({ code: 0, said: '' }),
    (error: { code: number; stderr: string }) => ({ code: error.code, said: error.stderr }),
  )
}

it('signs what each system installs by itself, as the app and openssl read it', async () => {
  const folder = release()
  const keyFile = join(temporaryFolder(), 'public.pem')
  writeFileSync(keyFile, publicPem)
  expect(await run(folder, { LATCHKEY_UPDATE_SIGNING_KEY: privatePem })).toEqual({ code: 0, said: '' })
  const der = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const offered: string[] = []
  for (const [platform, arch] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'arm64'],
    ['win32', 'x64'],
  ] as const) {
    const { name, system } = manifestOf(platform, arch)
    const paths = [join(folder, name), join(folder, `${name}.sig`)] as const
    const manifest = readManifest(readFileSync(paths[0]), readFileSync(paths[1]), der, system)
    expect(manifest).toMatchObject({ version: '0.1.0', releaseDate: '2026-09-21T14:13:20.000Z' })
    expect(Date.parse(manifest.expires) - Date.parse(manifest.signed)).toBe(90 * 86_400_000)
    expect(manifest.releaseNotes).toContain('Added:')
    for (const { url, sha512, size } of manifest.files) {
      const content = readFileSync(join(folder, url))
      expect([sha512, size]).toEqual([createHash('sha512').update(content).digest('base64'), content.length])
      offered.push(`${url} for ${system}`)
    }
    const checked = ['pkeyutl', '-verify', '-pubin', '-inkey', keyFile, '-rawin', '-in', paths[0], '-sigfile', paths[1]]
    expect(String(execFileSync('openssl', checked))).toContain('Verified Successfully')
  }
  const expected = Object.entries(packages).flatMap(([name, system]) =>
    system === null ? [] : `${name} for ${system}`,
  )
  expect(offered.sort()).toEqual(expected.sort())
})

it.each([
  ['no key', {}],
  ['an empty key, as an unset secret of a workflow', { LATCHKEY_UPDATE_SIGNING_KEY: '' }],
  ['something that is no key', { LATCHKEY_UPDATE_SIGNING_KEY: 'hunter2' }],
  [
    'another kind of key',
    { LATCHKEY_UPDATE_SIGNING_KEY: pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey) },
  ],
  [
    'a key of which the packages do not know',
    {
      LATCHKEY_UPDATE_FEED: 'https://updates.example.com/',
      LATCHKEY_UPDATE_KEY: publicPem,
      LATCHKEY_UPDATE_SIGNING_KEY: pemOf(generateKeyPairSync('ed25519').privateKey),
    },
  ],
] as [string, Record<string, string>][])(
  'signs nothing with %s, and does not repeat it',
  async (_name, environment) => {
    const folder = release()
    const { code, said } = await run(folder, environment)
    expect(code).toBe(3)
    expect(said).not.toContain('hunter2')
    expect(readdirSync(folder).filter((name) => name.endsWith('.yml'))).toEqual([])
  },
)

it.each([
  [
    'an address that is not https',
    { LATCHKEY_UPDATE_FEED: 'http://updates.example.com/', LATCHKEY_UPDATE_KEY: publicPem },
  ],
  ['an address without a key', { LATCHKEY_UPDATE_FEED: 'https://updates.example.com/' }],
  ['a key without an address', { LATCHKEY_UPDATE_KEY: publicPem }],
])('is not made for a build with %s', async (_name, environment) => {
  const { code } = await run(release(), { LATCHKEY_UPDATE_SIGNING_KEY: privatePem, ...environment })
  expect(code).toBe(3)
})
