import { webcrypto } from 'node:crypto'
import { parentChannel } from '#electron/platform/channel'
import { type MethodTable, serveMethods } from '#electron/platform/rpc'
import { jobTable } from './run-job'

if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })

/** The process in which jobs run: an Electron utility process, or a forked child of the CLI. */
const methods: MethodTable = Object.fromEntries(
  Object.entries(jobTable).map(([name, run]): [string, MethodTable[string]] => [
    name,
    (input, { report }) => run(input, report),
  ]),
)
serveMethods(parentChannel(process), methods)
