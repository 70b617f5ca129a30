import { afterEach, expect, it } from 'vitest'
import { ignoreInheritedSettings } from '#electron/main/inherited-settings'
import { ownSwitches } from '#electron/main/own-switches'

const argv = process.argv
const environment = process.env
afterEach(() => {
  process.argv = argv
  process.env = environment
})

/** What is left of a start: the switches taken back, and the variables still there. */
function afterStart(switches: string[], variables: string[], { isPackaged = false, appPath = '/clone' } = {}) {
  const removed: string[] = []
  process.argv = ['/opt/Latchkey/latchkey', ...switches]
  process.env = Object.fromEntries(variables.map((name) => [name, '1']))
  const unused = () => {
    throw new Error('A start only takes switches back.')
  }
  ignoreInheritedSettings({
    isPackaged,
    getAppPath: () => appPath,
    commandLine: {
      removeSwitch: (name) => void removed.push(name),
      appendArgument: unused,
      appendSwitch: unused,
      getSwitchValue: unused,
      hasSwitch: unused,
    },
  })
  return { removed: removed.sort(), variables: Object.keys(process.env).sort() }
}

const dangerous = [
  'allow-running-insecure-content',
  'auto-open-devtools-for-tabs',
  'disable-features',
  'disable-web-security',
  'enable-features',
  'enable-logging',
  'host-resolver-rules',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'js-flags',
  'load-extension',
  'log-net-log',
  'net-log-capture-mode',
  'proxy-server',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'ssl-key-log-file',
  'user-data-dir',
]
const development = [
  'ELECTRON_RENDERER_URL',
  'LATCHKEY_CLOUDFLARE_API',
  'LATCHKEY_DEVTOOLS',
  'LATCHKEY_FAIL_POINT',
  'LATCHKEY_KEYRING',
  'LATCHKEY_PASSPHRASE',
  'LATCHKEY_TEST',
]
const undoingTls = ['NODE_TLS_REJECT_UNAUTHORIZED', 'SSLKEYLOGFILE']

it('takes back every switch of a package that is not on its list, however it is written', () => {
  const switches = dangerous.map((name) => `--${name}=value`)
  expect(afterStart(switches, [], { isPackaged: true }).removed).toEqual(dangerous)
  const spellings = ['-log-net-log=a', ' --proxy-server=b', '\t--user-data-dir', '/HOST-RULES=c', '--made-up']
  expect(afterStart(spellings, [], { isPackaged: true }).removed).toEqual([
    'host-rules',
    'log-net-log',
    'made-up',
    'proxy-server',
    'ssl-key-log-file',
    'user-data-dir',
  ])
})

it('leaves a package what its window needs to show, and what Latchkey itself starts it with', () => {
  const needed = [
    '--no-sandbox',
    '--ozone-platform=x11',
    '--force-device-scale-factor=2',
    ...Object.values(ownSwitches).map((name) => `--${name}`),
    'file.pem',
    '--',
  ]
  expect(afterStart(needed, [], { isPackaged: true }).removed).toEqual(['ssl-key-log-file'])
})

it('leaves a package of our own variables only the name of the home folder', () => {
  const kept = ['DISPLAY', 'HOME', 'LATCHKEY_HOME', 'PATH']
  const given = [...kept, ...development, ...undoingTls, 'Latchkey_Made_Up']
  expect(afterStart([], given, { isPackaged: true }).variables).toEqual(kept)
})

it('takes a copy under the name of Electron for the package that it is', () => {
  const renamed = { appPath: '/tmp/copy/resources/app.asar' }
  expect(afterStart(['--remote-debugging-port=1'], development, renamed)).toEqual({
    removed: ['remote-debugging-port', 'ssl-key-log-file'],
    variables: [],
  })
})

it('leaves a clone everything but what undoes TLS', () => {
  expect(afterStart(['--remote-debugging-port=0', '--inspect=0'], [...development, ...undoingTls])).toEqual({
    removed: ['ssl-key-log-file'],
    variables: development,
  })
})
