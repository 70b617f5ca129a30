import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { packageVersion, sourceDateEpoch } from './package/build-facts.mjs'
import { inRoot } from './paths.mjs'
import { say, stop } from './say.mjs'
import { updateFeed } from './update-feed.mjs'

/**
 * `npm run feed` writes and signs the manifests by which installed copies update themselves, for the packages in the folder
 * `packages` (or `npm run feed -- FOLDER`). LATCHKEY_UPDATE_SIGNING_KEY is the private key (Ed25519, PKCS#8 in PEM), or
 * LATCHKEY_UPDATE_SIGNING_KEY_FILE names its file. Beside each manifest there is its signature, 64 octets:
 *
 *     openssl pkeyutl -verify -pubin -inkey update.pub -rawin -in latest-linux.yml -sigfile latest-linux.yml.sig
 *
 * The same command signs anew before they expire.
 */
const folder = resolve(process.argv[2] ?? inRoot('packages'))
const VALID_DAYS = 90
/** What each system installs by itself, and the names that `electron/services/updates/manifest.ts` asks for. */
const systems = [
  {
    name: 'latest-linux.yml',
    system: 'linux-x64',
    isOfIt: /** @param {string} file */ (file) => /(?<!arm64)\.AppImage$/u.test(file),
  },
  {
    name: 'latest-linux-arm64.yml',
    system: 'linux-arm64',
    isOfIt: /** @param {string} file */ (file) => /arm64\.AppImage$/u.test(file),
  },
  { name: 'latest-mac.yml', system: 'darwin', isOfIt: /** @param {string} file */ (file) => file.endsWith('.zip') },
  { name: 'latest.yml', system: 'win32-x64', isOfIt: /** @param {string} file */ (file) => file.endsWith('.exe') },
]

const version = packageVersion(false)
if (!/^\d+\.\d+\.\d+$/u.test(version)) stop(`${version} is not the version of a release.`, 'Only releases are offered.')
const key = signingKey()
const now = Date.now()
const at = (/** @type {number} */ days) => new Date(now + days * 86_400_000).toISOString()
const made = systems.flatMap((one) => writeManifest(one))
if (made.length === 0) stop(`There is nothing in ${folder} that updates itself.`, 'npm run package')
for (const name of made) say(`${name}: version ${version}, valid until ${at(VALID_DAYS).slice(0, 10)}`)

/** @param {(typeof systems)[number]} system */
function writeManifest({ name, system, isOfIt }) {
  const names = readdirSync(folder).filter(isOfIt).sort()
  if (names.length === 0) return []
  const files = names.map((url) => {
    // What a copy would refuse is not published.
    if (!/^[A-Za-z0-9][A-Za-z0-9._+-]{0,150}$/u.test(url)) stop(`${url} is no name for a feed.`, 'Rename it.')
    const content = readFileSync(join(folder, url))
    return {
      url,
      sha512: createHash('sha512').update(content).digest('base64'),
      size: content.length,
    }
  })
  const manifest = {
    format: 1,
    product: 'latchkey',
    system,
    version,
    releaseDate: new Date(sourceDateEpoch() * 1000).toISOString(),
    signed: at(0),
    expires: at(VALID_DAYS),
    releaseNotes: releaseNotes(),
    files,
  }
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)
  writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, `${name}.sig`), sign(null, text, key))
  return [name]
}

/** The part of the changelog about this version, or about what is not released yet, as plain text. */
function releaseNotes() {
  const parts = readFileSync(inRoot('CHANGELOG.md'), 'utf8').split(/^## /mu).slice(1)
  const found = parts.find((part) => part.startsWith(`[${version}]`) || part.startsWith(version)) ?? parts[0] ?? ''
  return found
    .split('\n')
    .slice(1)
    .join('\n')
    .replace(/^### (.+)$/gmu, '$1:')
    .replace(/\n {2,}/gu, ' ')
    .replace(/`|\b_|_\b/gu, '')
    .trim()
    .slice(0, 20_000)
}

function signingKey() {
  const file = process.env.LATCHKEY_UPDATE_SIGNING_KEY_FILE
  const pem = file === undefined ? process.env.LATCHKEY_UPDATE_SIGNING_KEY : readFileSync(file, 'utf8')
  if (pem === undefined || pem.trim() === '')
    return stop('There is no key to sign the feed with.', 'Set LATCHKEY_UPDATE_SIGNING_KEY or …_KEY_FILE.')
  const read = privateKeyOf(pem)
  const { publicKey } = updateFeed()
  // A feed that the released copies refuse would end their updates without a word to its maker.
  if (publicKey !== '' && !matches(read, publicKey))
    return stop('The key does not belong to LATCHKEY_UPDATE_KEY.', 'Use the one that the packages were built for.')
  return read
}

/** @param {string} pem */
function privateKeyOf(pem) {
  try {
    const read = createPrivateKey(pem)
    if (read.asymmetricKeyType === 'ed25519') return read
  } catch {
    // Said below, without a word of what was given.
  }
  return stop('The key to sign the feed with is not an Ed25519 private key.', 'openssl genpkey -algorithm ed25519')
}

/**
 * @param {import('node:crypto').KeyObject} privateKey
 * @param {string} publicKey
 */
function matches(privateKey, publicKey) {
  const text = Buffer.from('latchkey')
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  return verify(null, text, key, sign(null, text, privateKey))
}
