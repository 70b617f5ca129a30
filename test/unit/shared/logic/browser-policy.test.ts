import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { policyFile } from '#shared/logic/browser-policy/files'
import { policyEntries } from '#shared/logic/browser-policy/rules'

const issuer = 'Acme "Clients" & <Söhne> \\ 株式会社'
const sites = [
  { hostname: 'admin.example.com', port: 443 },
  { hostname: 'wiki.example.com', port: 8443 },
  { hostname: '::1', port: 443 },
  { hostname: 'admin.example.com', port: 443 },
]
const entries = policyEntries(sites, issuer)
const wanted = ['https://admin.example.com:443', 'https://wiki.example.com:8443', 'https://[::1]:443'].map(
  (pattern) => ({ pattern, filter: { ISSUER: { CN: issuer } } }),
)
const Lists = z.record(z.string(), z.array(z.string()))
const parsed = (list: string[] | undefined) => list?.map((entry): unknown => JSON.parse(entry))

describe('the policy that picks the certificate', () => {
  it('names each site once, at its own port alone, and the issuer', () => {
    expect(parsed(entries)).toEqual(wanted)
  })

  it('is JSON for Chrome and Chromium on Linux', () => {
    const policy = Lists.parse(JSON.parse(String(policyFile('linux', entries, String))))
    expect(Object.keys(policy)).toEqual(['AutoSelectCertificateForUrls'])
    expect(parsed(policy['AutoSelectCertificateForUrls'])).toEqual(wanted)
  })

  it('is a file for regedit, in UTF-16 with lines of Windows', () => {
    const bytes = policyFile('windows', entries, String)
    if (typeof bytes === 'string') throw new Error('It has to be in UTF-16.')
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe])
    const lines = new TextDecoder('utf-16le').decode(bytes).split('\r\n')
    expect(lines[0]).toBe('Windows Registry Editor Version 5.00')
    for (const browser of ['Google\\Chrome', 'Microsoft\\Edge']) {
      const at = lines.indexOf(`[HKEY_CURRENT_USER\\SOFTWARE\\Policies\\${browser}\\AutoSelectCertificateForUrls]`)
      const values = lines.slice(at + 1, at + 4).map((line) => /^"(\d+)"="(.*)"$/u.exec(line) ?? [])
      const numbers = values.map(([, number]) => Number(number))
      expect(new Set(numbers).size).toBe(3)
      // An administrator's own begin with 1.
      for (const number of numbers) expect(number > 10_000 && number < 2 ** 31).toBe(true)
      expect(parsed(values.map(([, , text = '']) => text.replace(/\\(.)/gu, '$1')))).toEqual(wanted)
    }
  })

  it('replaces for regedit what an earlier file had for the same site, and nothing else', () => {
    const namesOf = (policy: string[]) => {
      const file = policyFile('windows', policy, String)
      if (typeof file === 'string') throw new Error('It has to be in UTF-16.')
      return [...new TextDecoder('utf-16le').decode(file).matchAll(/^"(\d+)"=/gmu)].map(([, name]) => name)
    }
    const [admin, wiki] = sites
    if (admin === undefined || wiki === undefined) throw new Error('There are no sites.')
    const [name] = namesOf(policyEntries([admin], 'Old CA'))
    expect(namesOf(policyEntries([wiki, admin], 'New CA'))).toContain(name)
    expect(namesOf(policyEntries([wiki], 'New CA'))).not.toContain(name)
  })

  it('is a profile of macOS, whose property list holds it for both browsers', () => {
    let made = 0
    const profile = String(policyFile('macos', entries, () => `ID-${made++}`))
    const script = 'import json, plistlib, sys; print(json.dumps(plistlib.loads(sys.stdin.buffer.read())))'
    const read = z
      .looseObject({ PayloadContent: z.array(z.looseObject({ AutoSelectCertificateForUrls: z.array(z.string()) })) })
      .parse(JSON.parse(execFileSync('python3', ['-c', script], { input: profile, encoding: 'utf8' })))
    expect(read).toMatchObject({ PayloadType: 'Configuration', PayloadVersion: 1 })
    expect(read.PayloadContent.map(({ PayloadType }) => PayloadType)).toEqual([
      'com.google.Chrome',
      'com.microsoft.Edge',
    ])
    for (const payload of read.PayloadContent) expect(parsed(payload.AutoSelectCertificateForUrls)).toEqual(wanted)
    expect(new Set(profile.match(/ID-\d/gu)).size).toBe(3)
  })
})
