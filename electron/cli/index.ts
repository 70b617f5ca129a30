import { join } from 'node:path'
import { forkChannel } from '#electron/platform/channel'
import { startCli } from './start'

const ownFile = (name: string) => join(__dirname, '..', 'main', name)

/** The CLI of a clone, which runs on the Node of this computer and has a file for each of its processes. */
startCli({
  startJobs: () => forkChannel(ownFile('job-process.cjs')),
  startKeyring: () => forkChannel(ownFile('keyring-process.cjs')),
  installation: async () => null,
})
