import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createKeyring } from '#electron/vault/keyring'
import type { Vault } from '#electron/vault/vault'
import { openVault } from './vault'

/** Runs inside a private session and prints, as one JSON line, what the vault makes of the real keyring's moods. */
const [home = '', part] = process.argv.slice(2)
const id = '00000000-0000-4000-8000-000000000001'
const fresh = (name = 'first') => {
  // Latchkey's folder is made before anything is kept in it.
  mkdirSync(join(home, name), { recursive: true, mode: 0o700 })
  return openVault(join(home, name), createKeyring())
}

/** Ends with the keyring locked, as after the screen was. Nobody is there to answer its prompts. */
async function openThenLocked() {
  const missing = await createKeyring().get(randomUUID())
  await fresh().seal('private-key', id, Buffer.from('the private key of a test'))
  const opened = await read(fresh())
  lock()
  return {
    missing,
    opened,
    locked: short(await fresh().state()),
    openLocked: await codeOf(fresh().open('private-key', id)),
    sealLocked: await codeOf(fresh().seal('private-key', randomUUID(), Buffer.from('x'))),
    newWhileLocked: short(await fresh('second').unlock(null)),
    sealNewWhileLocked: await codeOf(fresh('second').seal('private-key', id, Buffer.from('x'))),
  }
}

async function openAgainThenReset() {
  const openedAgain = await read(fresh())
  const { default: keytar } = await import('keytar')
  const entries = await keytar.findCredentials('Latchkey')
  for (const { account } of entries) await keytar.deletePassword('Latchkey', account)
  return { openedAgain, entries: entries.length, lost: short(await fresh().state()) }
}

function lock(): void {
  const collection = '/org/freedesktop/secrets/collection/login'
  const secrets = ['--session', '--print-reply', '--dest=org.freedesktop.secrets', '/org/freedesktop/secrets']
  execFileSync('dbus-send', [...secrets, 'org.freedesktop.Secret.Service.Lock', `array:objpath:${collection}`])
}

function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'fine',
    (error: { code?: string }) => error.code ?? String(error),
  )
}

const read = async (vault: Vault) => Buffer.from(await vault.open('private-key', id)).toString()

function short({ state, keyring, sealedFiles }: Awaited<ReturnType<Vault['state']>>) {
  return { state, keyring, sealedFiles }
}

const work = part === 'again' ? openAgainThenReset : openThenLocked
void work().then((seen) => console.log(JSON.stringify(seen)))
