// Opens a PKCS#12 as strictly as the oldest macOS we serve: 3DES and SHA-1 only, a MAC, a shielded key, one localKeyID.
import { execFileSync, spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

const badMac = 'security: SecKeychainItemImport: MAC verification failed during PKCS12 import (wrong password?)'
const undecodable = 'security: SecKeychainItemImport: Unable to decode the provided data.'

export function openPkcs12(file, password) {
  requirePrivate(file)
  const environment = { PATH: process.env.PATH, PKCS12_PASSWORD: password }
  const openssl = (...args) =>
    spawnSync('openssl', ['pkcs12', '-legacy', '-in', file, '-passin', 'env:PKCS12_PASSWORD', ...args], {
      env: environment,
      encoding: 'utf8',
    })
  // The password is decoded as ASCII there.
  if (/[^\x20-\x7e]/u.test(password)) return { error: badMac }
  const info = openssl('-info', '-noout')
  if (info.status !== 0) return { error: info.stderr.includes('Mac verify error') ? badMac : undecodable }
  if (!/^MAC: sha1,/mu.test(info.stderr)) return { error: badMac }
  const algorithms = [...info.stderr.matchAll(/^(?:PKCS7 Encrypted data|Shrouded Keybag): (.+), Iteration/gmu)]
  if (algorithms.some((match) => match[1] !== 'pbeWithSHA1And3-KeyTripleDES-CBC')) return { error: badMac }
  if (!info.stderr.includes('Shrouded Keybag') || info.stderr.includes('Key bag\n')) return { error: undecodable }

  const text = openssl('-nodes').stdout
  const ids = [...text.matchAll(/localKeyID: (.+)/gu)].map((match) => match[1].trim())
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/gu) ?? []
  const key = /-----BEGIN PRIVATE KEY-----[\s\S]+?-----END PRIVATE KEY-----/u.exec(text)?.[0]
  if (key === undefined || ids.length !== 2 || ids[0] !== ids[1]) return { error: undecodable }
  const publicKey = execFileSync('openssl', ['pkey', '-pubout'], { input: key, encoding: 'utf8' })
  return { certificates, publicKey }
}

/** What Latchkey promises of the file: 0600 in a 0700 folder. */
function requirePrivate(file) {
  if ((statSync(file).mode & 0o777) !== 0o600) throw new Error(`${file} is readable by others`)
  if ((statSync(dirname(file)).mode & 0o777) !== 0o700) throw new Error(`${dirname(file)} is open to others`)
}
