import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { partOfToday } from '../support/rounds'

interface Windows {
  /** What the policy reader finds there now. */
  read(): Promise<unknown>
  /** Takes a `.reg` file into the registry. */
  regedit(path: string): Promise<unknown>
}

const place = 'Software\\Policies\\Latchkey'
const roots = { HKLM: 'HKEY_LOCAL_MACHINE', HKCU: 'HKEY_CURRENT_USER' } as const
type Root = keyof typeof roots
const from = (root: Root) => `${root}\\${place}, Policy`

const asText = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
/** `hex(TYPE)`: the octets as they stand in the registry. */
const asOctets = (type: number, text: string) =>
  `hex(${type}):${Buffer.from(text, 'utf16le')
    .toString('hex')
    .replaceAll(/..(?=.)/gu, '$&,')}`
const EXPANDED = 2
const SEVERAL = 7

const policy = JSON.stringify({ version: 1, hide: ['practice'], sites: ['https://bücher.example/größe'] })
const asRead = { version: 1, hide: ['practice'], sites: ['https://bücher.example/größe'], updates: 'allowed' }

/** The real reader on a real registry (as Wine has it), with values as administrators and their tools write them. */
export function windowsPolicy({ read, regedit }: Windows): void {
  describe('the policy in the registry (Wine)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'latchkey-registry-'))
    afterAll(() => rmSync(folder, { recursive: true }))

    /** Only these values are there afterwards; null makes an empty key, and “NAME”=VALUE another value than the policy's. */
    async function lay(values: Partial<Record<Root, string | null>>) {
      const lines = (Object.keys(roots) as Root[]).flatMap((root) => {
        const key = `${roots[root]}\\${place}`
        const value = values[root]
        const made =
          value === undefined
            ? []
            : [`[${key}]`, ...(value === null ? [] : [value.includes('"=') ? value : `"Policy"=${value}`])]
        return [`[-${key}]`, '', ...made, '']
      })
      const path = join(folder, 'policy.reg')
      const text = ['\ufeffWindows Registry Editor Version 5.00', '', ...lines].join('\r\n')
      writeFileSync(path, Buffer.from(text, 'utf16le'))
      await regedit(`Z:${path.replaceAll('/', '\\')}`)
      return read()
    }

    it('is read as text, of the computer before the account', async () => {
      expect(await lay({ HKLM: asText(policy), HKCU: asText('{"version":1}') })).toMatchObject({
        kind: 'set',
        from: from('HKLM'),
        policy: asRead,
      })
    })

    const refused = (why: string) => ({
      kind: 'unusable',
      from: from('HKLM'),
      why: expect.stringContaining(why),
    })
    const found: [string, Partial<Record<Root, string | null>>, object][] = [
      ['of the account alone', { HKCU: asText(policy) }, { kind: 'set', from: from('HKCU'), policy: asRead }],
      ['no key', {}, { kind: 'none' }],
      ['a key without the value', { HKLM: null, HKCU: null }, { kind: 'none' }],
      ['a key with another value', { HKLM: '"Policies"="{}"' }, refused('no value “Policy”, but others')],
      ['another value, before a good policy', { HKLM: '"hide"=dword:1', HKCU: asText(policy) }, refused('but others')],
      ['an empty text', { HKLM: asText('') }, refused('It is not JSON.')],
      ['text that is cut off', { HKLM: asText(policy.slice(0, -1)) }, refused('It is not JSON.')],
      ['text with a zero in it', { HKLM: asOctets(1, `${policy}\0,\0`) }, refused('It is not JSON.')],
      ['text without its end', { HKLM: asOctets(1, policy) }, { kind: 'set', policy: asRead }],
      ['an unknown field', { HKLM: asText('{"version":1,"trust":[]}') }, refused('does not know: trust')],
      ['a number', { HKLM: 'dword:00000001' }, refused('(error 1630)')],
      ['several texts', { HKLM: asOctets(SEVERAL, `${policy}\0\0`) }, refused('(error 1630)')],
      ['octets', { HKLM: 'hex:7b,7d' }, refused('(error 1630)')],
      // Whoever is to be bound could otherwise put a variable of the environment into it.
      ['text with variables', { HKLM: asOctets(EXPANDED, `${policy}\0`) }, refused('(error 1630)')],
      ['more than is read', { HKLM: asText(`${policy}${' '.repeat(1024 * 1024)}`) }, refused('It is too large.')],
      [
        'one that cannot be used, before a good one',
        { HKLM: asText('[]'), HKCU: asText(policy) },
        { from: from('HKLM') },
      ],
    ]
    it.each(partOfToday(found, 4))('%s', async (_what, values, expected) => {
      expect(await lay(values)).toMatchObject(expected)
    })
  })
}
