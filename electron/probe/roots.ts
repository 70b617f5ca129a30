import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rootCertificates } from 'node:tls'
import { certificatePem, certificatesIn } from '#electron/pki/x509/pem'
import { certificateSha256 } from '#electron/pki/x509/read'
import type { RootOrigin } from '#shared/model/attempt'

/** Roots (DER) of one origin. */
export interface RootList {
  origin: RootOrigin
  certificates: Uint8Array[]
}

export interface Roots {
  /** PEM, one certificate each, none twice. */
  certificates: string[]
  /** The same by origin, public ones first. Read at the first call. */
  lists(): RootList[]
  /** Where they come from, in words, for the report. */
  from: string
}

/** The bundles of Debian, Fedora, openSUSE and Alpine, in this order. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
]

/** Where administrators put roots of their own: update-ca-certificates(8), update-ca-trust(8), openSUSE's and Arch's. */
const administratorFolders = [
  '/usr/local/share/ca-certificates',
  '/etc/pki/ca-trust/source/anchors',
  '/etc/pki/trust/anchors',
  '/etc/ca-certificates/trust-source/anchors',
]

let cached: Roots | null = null

/**
 * Mozilla's roots as Node carries them, and on Linux the system's own bundle with whatever the organisation added.
 * The Keychain and the Windows store are read where a root is missing (`store-roots.ts`).
 */
export function systemRoots(): Roots {
  cached ??= readRoots(bundles, administratorFolders)
  return cached
}

/** Mozilla's list with what the first readable bundle has beyond it. */
export function readRoots(files: string[], folders: string[]): Roots {
  const published = rootCertificates.map(bytesOf)
  const bundle = firstReadable(files)
  // Most of a system's bundle is Mozilla's list again, and every certificate costs each test a little time.
  const known = new Set(published.map(certificateSha256))
  const added = certificatesIn(bundle?.text ?? '').filter((der) => !known.has(certificateSha256(der)))
  let lists: RootList[] | null = null
  return {
    certificates: [...rootCertificates, ...added.map(certificatePem)],
    lists() {
      lists ??= byOrigin(published, added, folders)
      return lists
    },
    from: bundle === null ? 'Mozilla’s list as built into this program' : `Mozilla’s list and ${bundle.path}`,
  }
}

/** The engine writes all of its own in one way. A reader of whatever people bring takes thirty times as long for them. */
const bytesOf = (pem: string): Uint8Array => Buffer.from(pem.replace(/-----[A-Z ]+-----/gu, ''), 'base64')

function firstReadable(files: string[]): { path: string; text: string } | null {
  for (const path of files) {
    try {
      return { path, text: readFileSync(path, 'utf8') }
    } catch {
      // Not this distribution.
    }
  }
  return null
}

/** A distribution's list may differ from Mozilla's in this program without anybody having added anything. */
function byOrigin(published: Uint8Array[], added: Uint8Array[], folders: string[]): RootList[] {
  const known = new Set(added.length === 0 ? [] : folders.flatMap(certificatesUnder).map(certificateSha256))
  const isAdministrators = (der: Uint8Array) => known.has(certificateSha256(der))
  return [
    { origin: 'public', certificates: published },
    { origin: 'administrator', certificates: added.filter(isAdministrators) },
    { origin: 'system', certificates: added.filter((der) => !isAdministrators(der)) },
  ]
}

/** Certificates in the files of a folder and of those in it; none where it cannot be read. */
function certificatesUnder(folder: string): Uint8Array[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? certificatesUnder(path) : certificatesInFile(path)
    })
  } catch {
    return []
  }
}

function certificatesInFile(path: string): Uint8Array[] {
  try {
    return certificatesIn(readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}
