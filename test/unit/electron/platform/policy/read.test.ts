import { describe, expect, it } from 'vitest'
import { silentLog } from '#electron/platform/log'
import type { AdministratorFile } from '#electron/platform/policy/administrator-file'
import { type PolicySource, readPolicy } from '#electron/platform/policy/read'
import type { RegistryText } from '#electron/platform/registry'
import { createRun } from '#electron/platform/run'
import { plutilDouble } from '../../../../support/plutil-double'

const written = (text: string): AdministratorFile => ({ kind: 'read', bytes: Buffer.from(text) })

/** A system on which nothing is laid down but what is given. */
function system(platform: NodeJS.Platform, given: Partial<PolicySource> = {}): PolicySource {
  return {
    platform,
    readFile: async () => ({ kind: 'absent' }),
    run: () => Promise.reject(new Error('Nothing is started.')),
    registry: async () => ({ kind: 'absent', others: false }),
    username: () => 'mira',
    ...given,
  }
}

const policy = { version: 1, hide: ['practice'], forbid: ['key-export'], setupKey: `${'AB:'.repeat(31)}ab` }
const asRead = {
  version: 1,
  hide: ['practice'],
  forbid: ['key-export'],
  sites: [],
  issuers: [],
  store: null,
  updates: 'allowed',
  setupKey: 'ab'.repeat(32),
}

it.each(['linux', 'darwin', 'win32'] as const)('finds none on %s where none is laid down', async (platform) => {
  expect(await readPolicy(system(platform))).toEqual({ kind: 'none' })
})

describe('on Linux', () => {
  const onLinux = (file: AdministratorFile) => {
    const asked: string[] = []
    const readFile = async (path: string) => {
      asked.push(path)
      return file
    }
    return readPolicy(system('linux', { readFile })).then((found) => ({ found, asked }))
  }

  it('is one file, whatever the environment says', async () => {
    const { found, asked } = await onLinux(written(JSON.stringify(policy)))
    expect(asked).toEqual(['/etc/latchkey/policy.json'])
    expect(found).toEqual({ kind: 'set', from: '/etc/latchkey/policy.json', policy: asRead })
  })

  it.each([
    ['', 'It is not JSON.'],
    ['{"version":1', 'It is not JSON.'],
    ['\ufeff{"version":1}', 'It is not JSON.'],
    ['null', 'It is not a JSON object.'],
    ['[]', 'It is not a JSON object.'],
    ['{}', 'The value of “version” is not one that this field takes.'],
    ['{"version":"1"}', 'The value of “version” is not one that this field takes.'],
    ['{"version":2,"sites":[]}', 'It is written for a newer Latchkey.'],
    ['{"version":1,"forbidden":[]}', 'It has a field that Latchkey does not know: forbidden.'],
    ['{"version":1,"trust":true}', 'It has a field that Latchkey does not know: trust.'],
    ['{"version":1,"verify":"off"}', 'It has a field that Latchkey does not know: verify.'],
    ['{"version":1,"__proto__":{"forbid":[]}}', 'It has a field that Latchkey does not know: __proto__.'],
    ['{"version":1,"forbid":["key-export"],"forbid":[]}', 'It has the field “forbid” twice.'],
    ['{"version":1,"forbid":["backup"],"f\\u006frbid" : []}', 'It has the field “forbid” twice.'],
    ['{"version":1,"hide":"issuers"}', 'The value of “hide” is not one that this field takes.'],
    ['{"version":1,"hide":["certificates"]}', 'The value of “hide.0” is not one that this field takes.'],
    ['{"version":1,"forbid":["exports"]}', 'The value of “forbid.0” is not one that this field takes.'],
    ['{"version":1,"sites":["http://"]}', 'The value of “sites.0” is not one that this field takes.'],
    ['{"version":1,"store":"../x"}', 'The value of “store” is not one that this field takes.'],
    ['{"version":1,"store":"nss_user"}', 'The value of “store” is not one that this field takes.'],
    ['{"version":1,"store":"nss-users"}', 'The value of “store” is not one that this field takes.'],
    ['{"version":1,"store":"firefox"}', 'The value of “store” is not one that this field takes.'],
    ['{"version":1,"updates":"on"}', 'The value of “updates” is not one that this field takes.'],
    ['{"version":1,"setupKey":"ab"}', 'The value of “setupKey” is not one that this field takes.'],
  ])('%s cannot be used', async (text, why) => {
    expect((await onLinux(written(text))).found).toEqual({ kind: 'unusable', from: '/etc/latchkey/policy.json', why })
  })

  it.each(['nss-user', 'nss-chromium-snap', 'firefox:work', 'macos-login', 'windows-user'])(
    'names the store %s',
    async (store) => {
      const { found } = await onLinux(written(JSON.stringify({ version: 1, store })))
      expect(found).toMatchObject({ kind: 'set', policy: { store } })
    },
  )

  it('says why a file is not read', async () => {
    const { found } = await onLinux({ kind: 'refused', why: 'It is a link.' })
    expect(found).toEqual({ kind: 'unusable', from: '/etc/latchkey/policy.json', why: 'It is a link.' })
  })
})

describe('on macOS', () => {
  const computer = '/Library/Managed Preferences/app.latchkey.desktop.plist'
  const account = '/Library/Managed Preferences/mira/app.latchkey.desktop.plist'
  /** The real one where there is one. By its name, another file could take a file's place once it has been looked at. */
  const plutil = process.platform === 'darwin' ? createRun(silentLog) : plutilDouble

  const onMac = (files: Record<string, AdministratorFile>) =>
    readPolicy(system('darwin', { readFile: async (path) => files[path] ?? { kind: 'absent' }, run: plutil }))

  const plist = (content: string) =>
    written(`<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
${content}
</plist>
`)
  const dict = (...lines: string[]) => plist(`<dict>\n\t${lines.join('\n\t')}\n</dict>`)
  const version = '<key>version</key><integer>1</integer>'
  const whole = dict(
    '<key>PayloadType</key><string>app.latchkey.desktop</string>',
    '<key>PayloadUUID</key><string>x</string>',
    version,
    '<key>hide</key><array><string>practice</string></array>',
    '<key>forbid</key><array><string>key-export</string></array>',
    `<key>setupKey</key><string>${policy.setupKey}</string>`,
  )

  it.each([computer, account])('is what a profile forces: %s', async (path) => {
    expect(await onMac({ [path]: whole })).toEqual({ kind: 'set', from: path, policy: asRead })
  })

  it('is read with addresses, other letters and lines as they are written', async () => {
    const sites = ['https://admin.example.com/a?b=1&amp;c=2', 'https://bücher.example/größe']
    const issuers = ['-----BEGIN CERTIFICATE-----\nMIIB&lt;/+=\n-----END CERTIFICATE-----']
    const array = (values: string[]) => `<array>${values.map((one) => `<string>${one}</string>`).join('')}</array>`
    const file = dict(version, `<key>sites</key>${array(sites)}`, `<key>issuers</key>${array(issuers)}`)
    expect(await onMac({ [computer]: file })).toMatchObject({
      kind: 'set',
      policy: {
        sites: ['https://admin.example.com/a?b=1&c=2', 'https://bücher.example/größe'],
        issuers: ['-----BEGIN CERTIFICATE-----\nMIIB</+=\n-----END CERTIFICATE-----'],
      },
    })
  })

  it('is the computer’s where both are laid down, also where that one cannot be used', async () => {
    expect(await onMac({ [computer]: whole, [account]: dict(version) })).toMatchObject({ from: computer, kind: 'set' })
    expect(await onMac({ [computer]: plist('<array/>'), [account]: whole })).toMatchObject({
      from: computer,
      kind: 'unusable',
    })
  })

  it('cannot be used where nothing converts it', async () => {
    const readFile = async (path: string) => (path === computer ? whole : ({ kind: 'absent' } as const))
    expect(await readPolicy(system('darwin', { readFile }))).toEqual({
      kind: 'unusable',
      from: computer,
      why: 'macOS does not convert it.',
    })
  })

  it.each([
    ['is no property list', written('version = 1'), 'It is not a property list of texts, numbers and lists.'],
    ['is cut off', written('<?xml version="1.0"?><plist version="1.0"><dict>'), 'It is not a property list'],
    ['is empty', written(''), 'It is not a property list of texts, numbers and lists.'],
    ['has a date', dict(version, '<key>until</key><date>2027-01-01T00:00:00Z</date>'), 'It is not a property list'],
    ['has octets', dict(version, '<key>issuers</key><data>AAAA</data>'), 'It is not a property list'],
    ['is a text', plist('<string>{}</string>'), 'It is not a property list of texts, numbers and lists.'],
    ['is a list', plist('<array/>'), 'It is not a JSON object.'],
    ['has its version as text', dict('<key>version</key><string>1</string>'), 'The value of “version”'],
    ['has an unknown field', dict(version, '<key>trust</key><true/>'), 'does not know: trust.'],
    ['belongs to somebody else', { kind: 'refused', why: 'It does not belong to root.' } as const, 'to root.'],
  ])('cannot be used where it %s', async (_name, file, why) => {
    expect(await onMac({ [account]: file })).toEqual({
      kind: 'unusable',
      from: account,
      why: expect.stringContaining(why),
    })
  })
})

describe('on Windows', () => {
  const onWindows = (values: { machine?: RegistryText; user?: RegistryText }) =>
    readPolicy(
      system('win32', {
        async registry(root, path, name) {
          expect([path, name]).toEqual(['Software\\Policies\\Latchkey', 'Policy'])
          return values[root] ?? { kind: 'absent', others: false }
        },
      }),
    )
  const text = (value: unknown): RegistryText => ({ kind: 'read', text: JSON.stringify(value) })

  it.each(['machine', 'user'] as const)('is a value of the registry, of the %s', async (root) => {
    const from = `${root === 'machine' ? 'HKLM' : 'HKCU'}\\Software\\Policies\\Latchkey, Policy`
    expect(await onWindows({ [root]: text(policy) })).toEqual({ kind: 'set', from, policy: asRead })
  })

  it('is the computer’s where both are laid down, also where that one cannot be used', async () => {
    expect(await onWindows({ machine: text(policy), user: text({ version: 1 }) })).toMatchObject({ policy: asRead })
    expect(await onWindows({ machine: text([]), user: text(policy) })).toMatchObject({ kind: 'unusable' })
  })

  it.each<[RegistryText, string]>([
    [{ kind: 'absent', others: true }, 'The key has no value “Policy”, but others.'],
    [{ kind: 'too-large' }, 'It is too large.'],
    [{ kind: 'failed', error: 1630 }, 'Windows does not give it as text (error 1630).'],
    [{ kind: 'unavailable' }, 'The module that reads the registry is missing. Install Latchkey again.'],
  ])('cannot be used where it is not text, or cannot be read: %j', async (machine, why) => {
    expect(await onWindows({ machine })).toMatchObject({ kind: 'unusable', why })
  })
})
