import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { capitalise } from '#shared/logic/capitalise'
import { silentLog } from './log'
import { createRun, type Run } from './run'

export interface FullNameSource {
  run: Run
  platform: NodeJS.Platform
  username: string
  passwd(): Promise<string>
  windowsDisplayName(): Promise<string>
}

/** The name of the person whose account this is, as a first suggestion for a request; '' when the system does not know. */
export async function readFullName(source: FullNameSource = systemSource()): Promise<string> {
  try {
    const name = (await ask(source)).trim()
    return name.toLowerCase() === 'root' ? '' : name
  } catch {
    // A suggestion only: whatever is wrong here shows itself elsewhere.
    return ''
  }
}

async function ask(source: FullNameSource): Promise<string> {
  const { platform, run, username } = source
  if (platform === 'win32') return (await source.windowsDisplayName()) || username
  if (platform === 'darwin') return (await run('id', ['-F'])).stdout
  const found = await run('getent', ['passwd', username]).catch(() => null)
  return gecosName(found?.exitCode === 0 ? found.stdout : await source.passwd(), username)
}

/** The first part of an account's comment field in passwd(5) format; `&` stands for the account's name. */
export function gecosName(passwd: string, username: string): string {
  const line = passwd.split('\n').find((one) => one.startsWith(`${username}:`))
  const name = line?.split(':')[4]?.split(',')[0] ?? ''
  return name.replaceAll('&', capitalise(username))
}

function systemSource(): FullNameSource {
  return {
    run: createRun(silentLog),
    platform: process.platform,
    username: userInfo().username,
    passwd: () => readFile('/etc/passwd', 'utf8'),
    windowsDisplayName,
  }
}

/** GetUserNameExW(NameDisplay = 3): known for domain and Microsoft accounts, '' for most local ones. */
async function windowsDisplayName(): Promise<string> {
  const { default: koffi } = await import('koffi')
  const secur32 = koffi.load('secur32.dll')
  const getUserNameEx = secur32.func(
    'int __stdcall GetUserNameExW(int format, _Out_ void *name, _Inout_ uint32_t *size)',
  )
  const buffer = Buffer.alloc(1024)
  const size = [buffer.length / 2]
  if (getUserNameEx(3, buffer, size) === 0) return ''
  return buffer.subarray(0, (size[0] ?? 0) * 2).toString('utf16le')
}
