import { describe, expect, it } from 'vitest'
import { childEnvironment, programToStart, readEnvironment, secretIn } from '#electron/platform/environment'

describe('readEnvironment', () => {
  it('reads each variable under its own name', () => {
    const variables = {
      APPIMAGE: '/opt/Latchkey.AppImage',
      APPDIR: '/tmp/.mount_Latch',
      LATCHKEY_HOME: '/own',
      LATCHKEY_KEYRING: 'none',
      LATCHKEY_DEVTOOLS: '1',
      LATCHKEY_TEST: '1',
      LATCHKEY_FAIL_POINT: 'install:begun',
      LATCHKEY_CLOUDFLARE_API: 'http://127.0.0.1:8080',
      LATCHKEY_UPDATE_FEED: 'http://127.0.0.1:8081/',
      LATCHKEY_UPDATE_KEY: 'MCow',
      ELECTRON_RENDERER_URL: 'http://localhost:5173',
      XDG_CONFIG_HOME: '/config',
      XDG_DATA_HOME: '/data',
      XDG_RUNTIME_DIR: '/run',
      LOCALAPPDATA: 'C:\\Local',
      HTTPS_PROXY: 'http://proxy:3128',
      ALL_PROXY: 'http://all:3128',
      NO_PROXY: 'localhost',
    }
    expect(readEnvironment(variables)).toEqual({
      home: '/own',
      appImage: { file: '/opt/Latchkey.AppImage', mount: '/tmp/.mount_Latch' },
      keyring: 'none',
      devTools: true,
      failPoint: 'install:begun',
      cloudflareApi: 'http://127.0.0.1:8080',
      updateFeed: { url: 'http://127.0.0.1:8081/', publicKey: 'MCow' },
      pageServer: 'http://localhost:5173',
      configHome: '/config',
      dataHome: '/data',
      runtimeFolder: '/run',
      localAppData: 'C:\\Local',
      proxies: { https: 'http://proxy:3128', all: 'http://all:3128', except: 'localhost' },
    })
  })

  it('takes an empty variable for an unset one', () => {
    const names = ['LATCHKEY_HOME', 'ELECTRON_RENDERER_URL', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR']
    expect(readEnvironment(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(readEnvironment({}))
  })

  it('takes only the exact value for a switch', () => {
    const { keyring, devTools } = readEnvironment({ LATCHKEY_KEYRING: 'NONE', LATCHKEY_DEVTOOLS: 'true' })
    expect({ keyring, devTools }).toEqual({ keyring: 'system', devTools: false })
  })

  it('takes another address of Cloudflare’s API from tests only', () => {
    expect(readEnvironment({ LATCHKEY_CLOUDFLARE_API: 'http://127.0.0.1:8080' }).cloudflareApi).toBeNull()
  })

  it('takes another feed of updates from tests only', () => {
    const variables = { LATCHKEY_UPDATE_FEED: 'http://127.0.0.1:8081/', LATCHKEY_UPDATE_KEY: 'MCow' }
    expect(readEnvironment(variables).updateFeed).toBeNull()
  })

  it('arms a fail point by two variables together only', () => {
    expect(readEnvironment({ LATCHKEY_FAIL_POINT: 'install:begun' }).failPoint).toBeNull()
    expect(readEnvironment({ LATCHKEY_TEST: '1' }).failPoint).toBeNull()
  })
})

it('starts an AppImage from its file, and never that of another program', () => {
  const appImage = { file: '/opt/Latchkey.AppImage', mount: '/tmp/.mount_Latch' }
  expect(programToStart({ appImage }, '/tmp/.mount_Latch/latchkey')).toBe(appImage.file)
  expect(programToStart({ appImage }, '/tmp/.mount_Latchkey/latchkey')).toBe('/tmp/.mount_Latchkey/latchkey')
  expect(programToStart({ appImage: null }, '/usr/bin/latchkey')).toBe('/usr/bin/latchkey')
  expect(readEnvironment({ APPIMAGE: '/opt/Other.AppImage' }).appImage).toBeNull()
})

it('takes an empty secret for a secret', () => {
  expect(secretIn('LATCHKEY_PASSWORD', { LATCHKEY_PASSWORD: '' })).toBe('')
  expect(secretIn('LATCHKEY_PASSWORD', {})).toBeNull()
})

describe('childEnvironment', () => {
  it('lets through what programs need and nothing else', () => {
    const parent = {
      PATH: '/bin',
      HOME: '/home/ada',
      XDG_RUNTIME_DIR: '/run/user/1',
      LC_TIME: 'de_DE',
      SystemRoot: 'C:\\Windows',
      NODE_OPTIONS: '--inspect',
      SSLKEYLOGFILE: '/tmp/keys',
      LATCHKEY_PASSPHRASE: 'secret',
      CLOUDFLARE_API_TOKEN: 'secret',
    }
    expect(childEnvironment({}, parent)).toEqual({
      PATH: '/bin',
      HOME: '/home/ada',
      XDG_RUNTIME_DIR: '/run/user/1',
      LC_TIME: 'de_DE',
      SystemRoot: 'C:\\Windows',
      LC_ALL: 'C',
    })
  })

  it('refuses what changes a program from outside, even when asked', () => {
    const extra = { NODE_OPTIONS: '--inspect', SSLKEYLOGFILE: 'x', LATCHKEY_PASSPHRASE: 'x', WANTED: '1' }
    expect(childEnvironment(extra, {})).toEqual({ WANTED: '1', LC_ALL: 'C' })
  })
})
