import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeRpm } from '../../electron/setup/package/rpm.mjs'
import { describeToRpm } from '../support/as-fedora'
import { type CleanDebian, cleanDebian } from '../support/clean-debian'
import { dataOf, desktopPackages, earlierHome, unresolved, useBoth, withEarlierData } from '../support/desktop-session'
import { type Unpacked, unpackedPackage } from '../support/packaged-cli'
import { isSoak } from '../support/rounds'

/** The libraries of a desktop by Debian's names. What the .rpm requires of them is for `rpm` to say. */
const libraries =
  'libgtk-3-0 libnss3 libnss3-tools libatomic1 libsecret-1-0 libnotify4 libgbm1 libasound2 libxss1 libxtst6 xdg-utils'

/**
 * The package of Fedora and openSUSE, installed by the real rpm in a system whose libraries and tools rpm knows by Fedora's names
 * (`describeToRpm`). Not one of these distributions: their mirrors are out of reach. One story, in this order.
 */
describe.runIf(isSoak && process.platform === 'linux' && process.getuid?.() === 0)('the .rpm, installed by rpm', () => {
  let made: Unpacked
  let system: CleanDebian
  let version: string
  let next: string
  beforeAll(() => {
    made = unpackedPackage()
    const facts = { epoch: 1_700_000_000, unpacked: made.folder, output: made.output }
    system = cleanDebian()
    version = system.bring(makeRpm({ ...facts, version: '0.1.0+trial' }))
    next = system.bring(makeRpm({ ...facts, version: '0.1.1+trial' }))
    cpSync(join('test', 'fixtures', 'written-by-0.1.0'), join(system.folder, earlierHome), { recursive: true })
    system.run(`chown -R ada: ${earlierHome} && chmod -R u=rwX,go= ${earlierHome}`)
    system.run('apt-get update -qq && apt-get install -y -qq --no-install-recommends rpm > /tmp/install')
  }, 1_200_000)
  afterAll(() => {
    made.remove()
    system.remove()
  })
  const asAda = (script: string) => system.run(script, 'ada')
  /** Debian's rpm asks to be told twice. */
  const rpm = (args: string) => system.run(`rpm --force-debian ${args} 2>&1`)
  const installed = () => rpm("-q latchkey --queryformat '%{VERSION}\\n'").output.trim()

  it('is refused where what it requires is missing, and changes nothing', () => {
    const { code, output } = rpm(`--install ${version}`)
    expect(code).not.toBe(0)
    for (const name of ['libgtk-3.so.0()(64bit)', '(nss-tools or mozilla-nss-tools)', 'xdg-utils']) {
      expect(output).toContain(`${name} is needed by latchkey-0.1.0+trial-1.x86_64`)
    }
    expect(existsSync(join(system.folder, 'opt', 'Latchkey'))).toBe(false)
  })

  it('is installed where all of it is there, and its programs find all that they are linked to', () => {
    const tools = `apt-get install -y -qq --no-install-recommends ${libraries} ${desktopPackages} > /tmp/install`
    expect(system.run(tools).code).toBe(0)
    describeToRpm(system)
    expect(rpm(`--install ${version}`)).toEqual({ code: 0, output: '' })
    expect(installed()).toBe('0.1.0+trial')
    expect(rpm('--verify latchkey')).toEqual({ code: 0, output: '' })
    expect(system.run(unresolved).output).toBe('')
    expect(system.run("stat --format '%U:%G %a' /opt/Latchkey/chrome-sandbox").output.trim()).toBe('root:root 4755')
  })

  it('gives an ordinary user a window in a sandbox and a command, both on the same keys and records', () => {
    const { code, output } = asAda(useBoth)
    expect(code, output).toBe(0)
    const lines = output.split('\n')
    expect(lines.slice(0, 2)).toEqual(['ada', '/usr/bin/latchkey'])
    expect([...new Set(lines.filter((line) => line.startsWith('renderer: ')))]).toEqual(['renderer: 1 Seccomp:2'])
    expect(lines).toContain('window seen')
    expect(lines).toContain('Every step of the practice journey passed.')
    expect(output).toContain('Keys: unlocked, 1 sealed, kept in keyring, keyring usable')
    expect(output).toContain('Sandbox of the window: by chrome-sandbox')
  })

  it('is updated with the data kept, says nothing of a removal, and does not go back', () => {
    const listed = asAda(`${withEarlierData} list`).output
    expect(listed).toContain('Ada')
    const before = asAda(dataOf('/home/ada')).output
    expect(rpm(`--upgrade ${next}`)).toEqual({ code: 0, output: '' })
    expect(installed()).toBe('0.1.1+trial')
    expect(rpm('--verify latchkey')).toEqual({ code: 0, output: '' })
    expect(asAda(dataOf('/home/ada')).output).toBe(before)
    expect(asAda(`${withEarlierData} list`).output).toBe(listed)
    const back = rpm(`--upgrade ${version}`)
    expect(back.code).not.toBe(0)
    expect(back.output).toContain('which is newer than')
    expect(installed()).toBe('0.1.1+trial')
  })

  it('is erased with the data kept, says so, and leaves nothing of its own behind', () => {
    const before = asAda(dataOf('/home/ada')).output
    const { code, output } = rpm('--erase latchkey')
    expect(code).toBe(0)
    expect(output).toContain('Keys, certificates and settings of each user stay in ~/.config/Latchkey.')
    expect(output).toContain('A daily check or a start at login that somebody has switched on does nothing any more.')
    expect(asAda('command -v latchkey').output).toBe('')
    expect(system.run("find / -xdev -iname '*latchkey*' -not -path '/home/*' -not -path '/tmp/*'").output).toBe('')
    expect(asAda(dataOf('/home/ada')).output).toBe(before)
  })
})
