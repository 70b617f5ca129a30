import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { systemRandom } from '#electron/platform/random'
import { authenticatorFor } from '#electron/vault/authenticate'
import { temporaryFolder } from '../../../support/home'
import { memoryKeyring } from '../../../support/keyring'
import { openVault } from '../../../support/vault'

const message = Buffer.from('what is authenticated')

it('is HKDF-SHA-256 and HMAC-SHA-256, as OpenSSL computes them', () => {
  const [masterKey, keyId] = [randomBytes(32), randomBytes(16)]
  const openssl = (args: string[], input?: Buffer) => String(execFileSync('openssl', args, { input })).trim()
  const info = 'info:latchkey:authenticate:journal'
  const options = ['digest:SHA256', `hexkey:${masterKey.toString('hex')}`, `hexsalt:${keyId.toString('hex')}`, info]
  const derived = openssl(['kdf', '-keylen', '32', ...options.flatMap((one) => ['-kdfopt', one]), 'HKDF'])
  const key = derived.replaceAll(':', '')
  const mac = openssl(['mac', '-digest', 'SHA256', '-macopt', `hexkey:${key}`, '-in', '-', 'HMAC'], message)
  expect(authenticatorFor(masterKey, keyId, 'journal')(message).toString('hex')).toBe(mac.toLowerCase())
})

it('is the same for every process of one vault, and another one for every other vault', async () => {
  const [home, entries] = [temporaryFolder(), memoryKeyring().entries]
  const tagOf = async (folder: string) => {
    const vault = openVault(folder, memoryKeyring(entries).keyring)
    return (await vault.authenticator('journal'))(message).toString('hex')
  }
  const tag = await tagOf(home)
  expect(tag).toMatch(/^[0-9a-f]{64}$/u)
  expect(await tagOf(home)).toBe(tag)
  expect(await tagOf(temporaryFolder())).not.toBe(tag)
})

it('needs an open vault, and then works on when it is closed', async () => {
  const [home, keyring] = [temporaryFolder(), memoryKeyring()]
  const vault = openVault(home, keyring.keyring)
  const authenticate = await vault.authenticator('journal')
  const before = authenticate(message)
  keyring.become('locked')
  const closed = openVault(home, keyring.keyring)
  await expect(closed.authenticator('journal')).rejects.toMatchObject({ code: 'keyring-locked' })
  expect(authenticate(message)).toEqual(before)
  keyring.become('open')
  keyring.entries.clear()
  await vault.seal('private-key', systemRandom.uuid(), Buffer.from('secret'))
  const lost = openVault(home, keyring.keyring)
  await expect(lost.authenticator('journal')).rejects.toMatchObject({ code: 'vault-key-lost' })
})
