import { execFileSync } from 'node:child_process'
import { Script } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from '#shared/logic/address'
import { type CommandInput, commandFor, curlFile, tools } from '#shared/logic/report/commands'
import { rounds } from '../../../../support/rounds'

const input: CommandInput = {
  host: { hostname: 'a.example', port: 8443, path: '/x?y=1&z=$(id)', connectTo: { address: '192.0.2.1', port: 9 } },
  files: { certificate: "it's mine.pem", key: 'client.key' },
  proxy: 'http://proxy:3128',
}

/** The words that a POSIX shell makes of a command. */
function words(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('curl', () => {
  it('gets each option as one word', () => {
    expect(words(commandFor('curl', input) ?? '')).toEqual([
      '--verbose',
      '--cert',
      "it's mine.pem",
      '--key',
      'client.key',
      '--connect-to',
      '::192.0.2.1:9',
      '--proxy',
      'http://proxy:3128',
      'https://a.example:8443/x?y=1&z=$(id)',
    ])
  })

  it('gets whatever a person types as one word, and a shell never runs any of it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 30 }), (typed, file) => {
        const address = parseAddress(`https://a.example/${typed}`)
        if (!address.ok) return
        const { hostname, port, path } = address
        const files = { certificate: file, key: 'k' }
        const command = commandFor('curl', { host: { hostname, port, path, connectTo: null }, files, proxy: null })
        if (command === null) return
        const found = words(command)
        expect(found.at(-1)).toBe(`https://a.example${port === 443 ? '' : `:${port}`}${path}`)
        expect(found[found.indexOf('--cert') + 1]).toBe(curlFile(file))
      }),
      { numRuns: rounds(60) },
    )
  })

  it('on Windows takes the certificate from the store', () => {
    const command = commandFor('curl-windows', { ...input, host: { ...input.host, path: "/it's" } }) ?? ''
    expect(command).toContain("--cert 'CurrentUser\\MY\\THUMBPRINT'")
    expect(command).toContain("'https://a.example:8443/it''s'")
    expect(command).not.toContain('client.key')
  })
})

describe.each(tools)('%s', (tool) => {
  it('never turns off the check of the server, nor holds a key', () => {
    for (const files of [input.files, null]) {
      const command = commandFor(tool, { ...input, files }) ?? ''
      expect(command).toContain('a.example')
      expect(command).not.toMatch(/(?:^|\s)-k\b|--insecure|verify\s*=\s*False|rejectUnauthorized|PRIVATE KEY/u)
      expect(command.includes('client.key')).toBe(files !== null && tool !== 'curl-windows')
    }
  })

  it('is not written where an address holds a control character', () => {
    for (const bad of ['\n', '\u0000', '\u001b', '\u0085', '\u2028'])
      expect(commandFor(tool, { ...input, files: { certificate: `a${bad}b`, key: 'k' } })).toBeNull()
  })
})

it('is a program that Node can read', () => {
  const program = commandFor('node', input) ?? ''
  expect(() => new Script(program.replace(/^import .*$/gmu, ''))).not.toThrow()
  expect(program).toContain('servername: "a.example"')
})
