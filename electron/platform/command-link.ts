import { lstat, mkdir, readlink, symlink, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#shared/errors'
import type { CommandTool } from '#shared/model/app'
import { failedAs, hasCode } from './error-code'
import { shownPath } from './home-trouble'

interface Ports {
  /** The command in the package that runs. */
  program: string
  /** The person's own folder. */
  userHome: string
  /** Where every terminal looks. macOS has it in /etc/paths, also while it does not exist. */
  sharedFolder?: string
}

export interface CommandLink {
  state(): Promise<CommandTool>
  /** Errors: `command-tool-not-here`, `command-tool-taken`, `command-tool-failed`. Nothing is changed then. */
  install(): Promise<CommandTool>
  /** Errors: `command-tool-failed`. What is not ours stays. */
  remove(): Promise<CommandTool>
}

const name = 'latchkey'

/** A link that another copy of Latchkey has made, or this one before it was moved. */
const inOtherCopy = /\/Latchkey\.app\/Contents\/Resources\/bin\/latchkey$/u

/**
 * Where macOS runs an app that nobody has moved yet since its download (App Translocation), and where disk images are: neither is
 * there after the next start of the computer.
 */
const passing = /^\/(?:private\/)?var\/folders\/|\/AppTranslocation\/|^\/Volumes\//u

/**
 * Links the command of a Mac's package to where terminals find it, without an administrator: /usr/local/bin, where this account may
 * write there, otherwise ~/.local/bin. A link lasts through updates, and nothing that is not such a link is ever replaced or removed.
 */
export function createCommandLink({ program, userHome, sharedFolder = '/usr/local/bin' }: Ports): CommandLink {
  const shared = join(sharedFolder, name)
  const personal = join(userHome, '.local', 'bin', name)
  const paths = [shared, personal]

  const taken = (path: string) => new AppError('command-tool-taken', shownPath(path, userHome))

  const kindOf = async (path: string): Promise<'absent' | 'ours' | 'of-other-copy' | 'foreign'> => {
    const status = await lstat(path).catch(absent)
    if (status === null) return 'absent'
    const target = status.isSymbolicLink() ? await readlink(path) : null
    if (target === program) return 'ours'
    return target !== null && inOtherCopy.test(target) ? 'of-other-copy' : 'foreign'
  }

  async function state(): Promise<CommandTool> {
    for (const path of paths)
      if ((await kindOf(path).catch(() => 'foreign')) === 'ours')
        return { path: shownPath(path, userHome), isOnPath: path === shared }
    return { path: null, isOnPath: false }
  }

  /** Whether this account may write there. Never over anything: a link is made only where nothing is. */
  async function link(path: string): Promise<boolean> {
    const kind = await kindOf(path)
    if (kind === 'ours') return true
    if (kind === 'foreign') throw taken(path)
    try {
      if (path === personal) await mkdir(join(userHome, '.local', 'bin'), { recursive: true })
      if (kind === 'of-other-copy') await unlink(path)
      await symlink(program, path)
      return true
    } catch (error) {
      if (hasCode(error, 'EEXIST')) throw taken(path)
      if (!hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOENT')) throw error
      // It would be found first, and start the other copy.
      if (kind === 'of-other-copy') throw taken(path)
      return false
    }
  }

  async function install(): Promise<CommandTool> {
    if (passing.test(program)) throw new AppError('command-tool-not-here')
    if (!(await link(shared)) && !(await link(personal)))
      throw new AppError('command-tool-failed', shownPath(personal, userHome))
    return state()
  }

  async function remove(): Promise<CommandTool> {
    for (const path of paths) if (['ours', 'of-other-copy'].includes(await kindOf(path))) await unlink(path)
    return state()
  }

  return {
    state,
    install: () => install().catch(failedAs('command-tool-failed')),
    remove: () => remove().catch(failedAs('command-tool-failed')),
  }
}

function absent(error: unknown): null {
  if (hasCode(error, 'ENOENT', 'ENOTDIR')) return null
  throw error
}
