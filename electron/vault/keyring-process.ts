import { parentChannel } from '#electron/platform/channel'
import { serveMethods } from '#electron/platform/rpc'
import { createKeyring } from './keyring'
import type { KeyringMethods } from './remote-keyring'

/**
 * The process that talks to the keyring for the CLI. A call that waits for a prompt holds one of libuv's threads, and a
 * process whose thread is held cannot exit by itself; so it kills itself when its caller is gone.
 */
const keyring = createKeyring()

const methods: KeyringMethods = {
  get: (account) => keyring.get(account),
  set: ({ account, value }) => keyring.set(account, value),
  delete: (account) => keyring.delete(account),
}

serveMethods(
  parentChannel(process, () => process.kill(process.pid, 'SIGKILL')),
  { ...methods },
)
