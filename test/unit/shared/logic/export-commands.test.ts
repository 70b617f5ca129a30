import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { type SavedFiles, usesOf } from '#shared/logic/export-commands'
import { Destination, destinationsFor } from '#shared/model/convert'

const site = { hostname: 'a.example', port: 8443, path: '/x', connectTo: { address: '192.0.2.1', port: 9 } }

function saved(destination: Destination, name: string, more: Partial<SavedFiles> = {}): SavedFiles {
  const isPair = destination === 'curl' || destination === 'nginx'
  return { destination, names: isPair ? [name, 'its.key'] : [name], key: 'encrypted', site, ...more }
}

function textsOf(input: SavedFiles): string[] {
  const answer = usesOf(input)
  return answer.ok ? answer.uses.map(({ text }) => text) : []
}

/** The words that a POSIX shell makes of a command for a program. */
function words(command: string, program: string): string[] {
  const script = `${program}() { printf '%s\\0' "$@"; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

const shells: Partial<Record<Destination, string>> = {
  macos: 'security',
  openssl: 'openssl',
  curl: 'curl',
  pem: 'curl',
  der: 'openssl',
  p7b: 'openssl',
  pkcs8: 'openssl',
  'traditional-key': 'openssl',
}

describe.each(Destination.options)('%s', (destination) => {
  it('says how the saved file is used, without a password and with the check of the server', () => {
    const texts = textsOf(saved(destination, 'ada.file'))
    expect(texts.length).toBeGreaterThan(0)
    for (const text of texts) {
      expect(text).toContain('ada.file')
      expect(text).not.toMatch(/\s-k\b|--insecure|rejectUnauthorized|verify off|-pass\w* |-P |:changeit/u)
    }
  })

  it('is not written for a name with a control character', () => {
    for (const bad of ['\n', '\u0000', '\u001b', '\u2028'])
      expect(usesOf(saved(destination, `a${bad}b`))).toMatchObject({ ok: false })
  })
})

it.each(Object.entries(shells))('%s: a shell hands on a difficult name as one word', (destination, program) => {
  for (const name of ['it\'s $(id) `id` "x".pem', '-rf.pem', 'pkcs11:a;b.pem', 'a\\b.pem']) {
    const [text = ''] = textsOf(saved(Destination.parse(destination), name))
    const found = words(text, program).map((word) => (program === 'curl' ? word.replace(/\\([\\:])/gu, '$1') : word))
    expect(found.some((word) => word === name || word === `./${name}`)).toBe(true)
    expect(found).not.toContain('-rf.pem')
  }
})

it('quotes for PowerShell, Java and nginx as each reads it', () => {
  expect(textsOf(saved('windows', "it's.pfx"))[0]).toContain("-FilePath 'it''s.pfx'")
  expect(textsOf(saved('java', 'é"\\u0022.p12'))[0]).toContain('new File("\\u00e9\\"\\\\u0022.p12")')
  expect(textsOf(saved('nginx', 'a"b.pem'))[0]).toContain('proxy_ssl_certificate "a\\"b.pem";')
  expect(usesOf(saved('nginx', '$host.pem'))).toMatchObject({ ok: false })
})

it('takes a password from the environment only where there is one', () => {
  expect(textsOf(saved('curl', 'a.pem')).join()).toContain('process.env.KEY_PASSWORD')
  expect(textsOf(saved('curl', 'a.pem', { key: 'plain' })).join()).not.toContain('KEY_PASSWORD')
  expect(textsOf(saved('pem', 'a.pem', { key: 'none' }))[0]).toContain('openssl x509')
})

it.each(['curl', 'pem', 'pkcs8'] as const)(
  '%s: says who asks for the password, and only where there is one',
  (destination) => {
    const hints = (key: SavedFiles['key']) => {
      const uses = usesOf(saved(destination, 'a.pem', { key }))
      return uses.ok ? uses.uses.map(({ hint }) => hint).join(' ') : ''
    }
    expect(hints('encrypted')).toMatch(/(curl|OpenSSL) asks for the password/u)
    expect(hints('plain')).not.toContain('asks for the password')
  },
)

it('has the own system first and all others after it', () => {
  expect(destinationsFor('darwin')[0]).toBe('macos')
  expect(destinationsFor('win32')[0]).toBe('windows')
  for (const platform of ['linux', 'darwin', 'win32'] as const)
    expect(new Set(destinationsFor(platform))).toEqual(new Set(Destination.options))
})
