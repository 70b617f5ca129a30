import { forkChannel } from '#electron/platform/channel'
import { forgetVariables } from '#electron/platform/environment'

/** Calls this executable as one of its own processes. Without a caller to answer, such a process exits at once. */
const jobsRole = 'jobs-process'
const keyringRole = 'keyring-process'

/**
 * The CLI of a package: a Node single executable, which contains all of the code and is called again for its own processes
 * (`executable.vite.config.ts`). In `process.argv`, the executable stands where Node has the script.
 */
const [, , role] = process.argv

// For tests of a clone, and for developing libsql. Nothing outside of a package decides what it runs.
forgetVariables(['LATCHKEY_TEST', 'LIBSQL_JS_DEV'])

if (role === jobsRole) void import('#electron/jobs/process')
else if (role === keyringRole) void import('#electron/vault/keyring-process')
else void startHere()

async function startHere(): Promise<void> {
  const { startCli } = await import('./start')
  startCli({
    startJobs: () => forkChannel(jobsRole),
    startKeyring: () => forkChannel(keyringRole),
    installation: async () => (await import('./installation')).checkInstallation(),
  })
}
