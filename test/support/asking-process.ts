import { forkChannel } from '#electron/platform/channel'
import { createRemoteKeyring } from '#electron/vault/remote-keyring'

/** A program of the terminal that asks a keyring which never answers, gives up, and ends. */
const keyring = createRemoteKeyring(() => forkChannel(process.argv[2] ?? ''))
void keyring.get('master-key:test').then(({ kind }) => console.log(kind))
setImmediate(() => keyring.end())
