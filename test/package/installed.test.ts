import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDeb } from '../../electron/setup/package/deb.mjs'
import { type CleanDebian, cleanDebian } from '../support/clean-debian'
import { dataOf, desktopPackages, earlierHome, unresolved, useBoth, withEarlierData } from '../support/desktop-session'
import { type Unpacked, unpackedPackage } from '../support/packaged-cli'
import { isSoak } from '../support/rounds'

/**
 * The package on a Debian that has nothing else: installed with what it says it needs, used by an ordinary user with
 * Chromium's sandbox on, updated, removed, purged. One story, in this order.
 */

describe.runIf(isSoak && process.platform === 'linux' && process.getuid?.() === 0)('the .deb on a clean Debian', () => {
  let made: Unpacked
  let debian: CleanDebian
  let version: string
  let next: string
  beforeAll(() => {
    made = unpackedPackage()
    const facts = { epoch: 1_700_000_000, unpacked: made.folder, output: made.output }
    debian = cleanDebian()
    version = debian.bring(makeDeb({ ...facts, version: '0.1.0+trial' }))
    next = debian.bring(makeDeb({ ...facts, version: '0.1.1+trial' }))
    cpSync(join('test', 'fixtures', 'written-by-0.1.0'), join(debian.folder, earlierHome), { recursive: true })
    debian.run(`chown -R ada: ${earlierHome} && chmod -R u=rwX,go= ${earlierHome}`)
  }, 1_200_000)
  afterAll(() => {
    made.remove()
    debian.remove()
  })
  const asAda = (script: string) => debian.run(script, 'ada')
  const installed = () =>
    debian.run("dpkg --list latchkey 2> /dev/null | awk '/latchkey/ { print $3, $1 }'").output.trim()

  it('brings everything that its programs are linked to', () => {
    const run = debian.run(
      `apt-get update -qq && apt-get install -y -qq --no-install-recommends ${version} > /tmp/install`,
    )
    expect(run.code).toBe(0)
    expect(installed()).toBe('0.1.0+trial ii')
    expect(debian.run('dpkg --verify latchkey').output).toBe('')
    expect(debian.run(unresolved).output).toBe('')
    expect(debian.run("stat --format '%U:%G %a' /opt/Latchkey/chrome-sandbox").output.trim()).toBe('root:root 4755')
  })

  it('gives an ordinary user a window in a sandbox and a command, both on the same keys and records', () => {
    const tools = `apt-get install -y -qq --no-install-recommends ${desktopPackages} > /tmp/install`
    expect(debian.run(tools).code).toBe(0)
    const { code, output } = asAda(useBoth)
    expect(code, output).toBe(0)
    const lines = output.split('\n')
    expect(lines.slice(0, 2)).toEqual(['ada', '/usr/bin/latchkey'])
    // A process number of its own and a filter of system calls: both layers of the sandbox (Linux Sandboxing, Chromium).
    expect([...new Set(lines.filter((line) => line.startsWith('renderer: ')))]).toEqual(['renderer: 1 Seccomp:2'])
    expect(lines).toContain('window seen')
    expect(lines).toContain('Every step of the practice journey passed.')
    expect(output).toMatch(/waiting +Ada Lovelace/u)
    // The command sees the site that the window has tested, and the window took the key from the same keyring.
    expect(output).toContain('Keys: unlocked, 1 sealed, kept in keyring, keyring usable')
    expect(output).toContain('Records: certificates 1, sites 1, issuers 0')
    expect(output).toContain('Sandbox of the window: by chrome-sandbox')
  })

  it('completes its words in the shells of a user, who finds its manual, which formats without a warning', () => {
    const tools = 'apt-get install -y -qq --no-install-recommends bash-completion zsh fish man-db > /tmp/install 2>&1'
    expect(debian.run(tools).code).toBe(0)
    const { output } = asAda(
      [
        "bash -c '. /usr/share/bash-completion/bash_completion; _completion_loader latchkey; complete -p latchkey'",
        "zsh -c 'autoload -U compinit; compinit -u -D; print -r -- $_comps[latchkey]; whence -w _latchkey'",
        `fish -c 'complete -C "latchkey te" | string replace -r "\\t.*" ""'`,
        'man --warnings=w latchkey 2>&1 > /dev/null',
        "man latchkey | grep --max-count=1 'latchkey ca issue'",
        'lexgrog /usr/share/man/man1/latchkey.1.gz',
      ].join('\n'),
    )
    expect(output.trim().split('\n')).toEqual([
      'complete -o default -F _latchkey latchkey',
      '_latchkey',
      '_latchkey: function',
      'test',
      expect.stringContaining('latchkey ca issue [options]'),
      expect.stringContaining('"latchkey - Client certificates for Cloudflare Access'),
    ])
  })

  it('opens what 0.1.0 has written', () => {
    const { code, output } = asAda(`${withEarlierData} list`)
    expect(code).toBe(0)
    expect(output).toContain('Ada')
  })

  it('is updated with the data kept', () => {
    const listed = asAda(`${withEarlierData} list`).output
    const before = asAda(dataOf('/home/ada')).output
    expect(debian.run(`apt-get install -y -qq ${next} > /tmp/install`).code).toBe(0)
    expect(installed()).toBe('0.1.1+trial ii')
    expect(asAda(dataOf('/home/ada')).output).toBe(before)
    expect(asAda(`${withEarlierData} list`).output).toBe(listed)
    // Only on request does apt go back.
    expect(debian.run(`apt-get install -y -qq ${version} > /tmp/install 2>&1`).code).not.toBe(0)
    expect(installed()).toBe('0.1.1+trial ii')
  })

  it('is removed with the data kept, and says so', () => {
    const before = asAda(dataOf('/home/ada')).output
    const { code, output } = debian.run('dpkg --remove latchkey 2>&1')
    expect(code).toBe(0)
    expect(output).toContain('Keys, certificates and settings of each user stay in ~/.config/Latchkey.')
    expect(existsSync(join(debian.folder, 'opt', 'Latchkey'))).toBe(false)
    expect(asAda('command -v latchkey').output).toBe('')
    expect(asAda(dataOf('/home/ada')).output).toBe(before)
  })

  it('leaves nothing of its own behind when purged, and still the data', () => {
    const before = asAda(dataOf('/home/ada')).output
    expect(debian.run('dpkg --purge latchkey').code).toBe(0)
    expect(installed()).toBe('')
    expect(debian.run("find / -xdev -iname '*latchkey*' -not -path '/home/*' -not -path '/tmp/*'").output).toBe('')
    expect(asAda(dataOf('/home/ada')).output).toBe(before)
  })
})
