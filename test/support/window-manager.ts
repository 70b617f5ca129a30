import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { programOf } from './servers/packages'

/**
 * Debian's openbox on the session's own screen: it minimises windows and gives them the focus. Resolves with what ends it, once
 * it runs.
 */
export async function startWindowManager(home: string): Promise<() => void> {
  const { command, root, env } = await programOf('usr/bin/openbox', 'windows')
  const ready = join(home, 'window-manager-is-ready')
  const own = {
    ...env,
    HOME: home,
    XDG_CONFIG_DIRS: join(root, 'etc', 'xdg'),
    XDG_DATA_DIRS: join(root, 'usr', 'share'),
  }
  const manager = spawn(command, ['--sm-disable', '--startup', `touch ${ready}`], { env: own, stdio: 'ignore' })
  await new Promise<void>((resolve, reject) => {
    manager.once('error', reject)
    manager.once('exit', (code) => reject(new Error(`openbox ended with ${code}.`)))
    const look = setInterval(() => {
      if (!existsSync(ready)) return
      clearInterval(look)
      resolve()
    }, 50)
  })
  return () => manager.kill()
}
