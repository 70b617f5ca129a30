import { memoryKeyring } from './keyring'
import { openVault } from './vault'

/** Another process on the same vault: `create` chooses the first passphrase, `write` seals ever newer secrets until killed. */
const [home = '', verb, id = '', passphrase = ''] = process.argv.slice(2)
const memory = memoryKeyring()
memory.become('unavailable')
const vault = openVault(home, memory.keyring)

async function write() {
  await vault.unlock(passphrase)
  for (let version = 1; ; version += 1) {
    await vault.seal('private-key', id, Buffer.alloc(300_000, `${version};`))
    console.log(version)
  }
}

async function create() {
  const made = await vault.createWithPassphrase(passphrase).then(
    () => 'made',
    (error: { code?: string }) => error.code,
  )
  console.log(made)
}

void (verb === 'write' ? write() : create())
