import { describe, expect, it } from 'vitest'
import { type FullNameSource, gecosName, readFullName } from '#electron/platform/full-name'
import { CommandMissing, type Run } from '#electron/platform/run'

const passwd = 'root:x:0:0:root:/root:/bin/bash\nada:x:1000:1000:Ada Lovelace,Room 1,,:/home/ada:/bin/sh\n'
const missing: Run = async (command) => {
  throw new CommandMissing(command)
}
const says =
  (stdout: string, exitCode = 0): Run =>
  async () => ({ exitCode, stdout, stderr: '' })

function source(changes: Partial<FullNameSource>): FullNameSource {
  return {
    run: missing,
    platform: 'linux',
    username: 'ada',
    passwd: async () => passwd,
    windowsDisplayName: async () => '',
    ...changes,
  }
}

describe('readFullName', () => {
  it('asks the name service on Linux, and reads the file where there is none', async () => {
    expect(await readFullName(source({ run: says('ada:x:1:1:Augusta Ada King:/:/bin/sh\n') }))).toBe('Augusta Ada King')
    expect(await readFullName(source({}))).toBe('Ada Lovelace')
    expect(await readFullName(source({ run: says('', 2) }))).toBe('Ada Lovelace')
  })

  it('asks id on macOS and the system on Windows', async () => {
    expect(await readFullName(source({ platform: 'darwin', run: says('Ada Lovelace\n') }))).toBe('Ada Lovelace')
    const windows = source({ platform: 'win32', windowsDisplayName: async () => 'Ada Lovelace' })
    expect(await readFullName(windows)).toBe('Ada Lovelace')
    expect(await readFullName(source({ platform: 'win32' }))).toBe('ada')
  })

  it('suggests nothing when it knows nothing', async () => {
    expect(await readFullName(source({ username: 'root' }))).toBe('')
    expect(await readFullName(source({ username: 'nobody' }))).toBe('')
    const broken = source({ passwd: () => Promise.reject(new Error('no file')) })
    expect(await readFullName(broken)).toBe('')
  })
})

describe('gecosName', () => {
  it('takes the first part and puts the account name for an ampersand', () => {
    expect(gecosName('ada:x:1:1:& Lovelace,x:/:/bin/sh', 'ada')).toBe('Ada Lovelace')
  })
})
