import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { namePattern } from '#electron/cfssl/name-pattern/index'
import { isAppError } from '#shared/errors'
import { type CfsslServe, serveCfssl } from '../../../support/cfssl-serve'

/** Our reading of `name_whitelist` beside cfssl's own: Go's expressions, on names that tell their details apart. */
let served: CfsslServe
let requests: Map<string, string>
beforeAll(async () => {
  const usual = { usages: ['client auth'], expiry: '1h' }
  served = await serveCfssl(
    Object.fromEntries(expressions.map((expression) => [expression, { ...usual, name_whitelist: expression }])),
  )
  const made: [string, string][] = []
  for (const name of names) made.push([name, await requestOf(name)])
  requests = new Map(made)
})
afterAll(() => served.stop())

async function requestOf(name: string): Promise<string> {
  await served.workshop.write('csr.json', JSON.stringify({ CN: name, key: { algo: 'ecdsa', size: 256 } }))
  return z.object({ csr: z.string() }).parse(JSON.parse(await served.workshop.run('cfssl', ['genkey', 'csr.json']))).csr
}

const Answer = z.object({ success: z.boolean(), errors: z.array(z.object({ code: z.number() })) })

/** Whether cfssl signs a certificate of this name by the profile with this expression. */
async function cfsslAllows(expression: string, name: string): Promise<boolean> {
  const body = JSON.stringify({ certificate_request: requests.get(name), profile: expression })
  const response = await fetch(new URL('/api/v1/cfssl/sign', served.url), { method: 'POST', body })
  const { success, errors } = Answer.parse(await response.json())
  if (!success) expect(errors.map(({ code }) => code)).toEqual([5500])
  return success
}

/** Whether cfssl does not even load a configuration with this expression. */
async function cfsslRefuses(expression: string): Promise<boolean> {
  const { workshop } = served
  const signing = { default: { usages: ['client auth'], expiry: '1h', name_whitelist: expression } }
  await workshop.write('wrong.json', JSON.stringify({ signing }))
  const issuer = ['-ca', 'ca.pem', '-ca-key', 'ca-key.pem', '-config', 'wrong.json']
  try {
    await workshop.run('cfssl', ['gencert', ...issuer, 'csr.json'])
    return false
  } catch (error) {
    expect(String(error)).toContain('failed to compile name whitelist')
    return true
  }
}

function weAllow(expression: string, name: string): boolean | null {
  try {
    return namePattern(expression).allows(name)
  } catch (error) {
    if (isAppError(error, 'invalid-input')) return null
    throw error
  }
}

const names = ['ada.example', 'ADA.EXAMPLE', 'a\nb', 'Ωmega K1', 'ſ-\u212a_é', 'aaab.']

const expressions = [
  // What is usual.
  String.raw`^[a-z]+\.example$`,
  String.raw`(?i)^ada\.`,
  '^(ada|omega).*$',
  // Flags: at the beginning, in the middle, for a group, and taken back.
  '(?s)^a.b$',
  '^a.b$',
  '(?m)^b$',
  '^b$',
  '^(?i:A)da',
  'a(?i)DA',
  '(?i)a(?-i)DA',
  '((?i)A)DA',
  '(?i-s:A.B)',
  '(?U)^a+b',
  '(?)b',
  // Where a name begins and ends; JavaScript has neither.
  String.raw`\Ab`,
  String.raw`b\z`,
  String.raw`\bb\b`,
  String.raw`\Bb`,
  // Folding first, negation second.
  '(?i)^[^k]+$',
  String.raw`(?i)\P{Lu}`,
  String.raw`^\P{Lu}+$`,
  '(?i)k',
  '(?i)ω',
  '(?i)s-',
  String.raw`(?i)^\w-\w`,
  String.raw`^\w`,
  // Sets by name.
  '^[[:alpha:]]+[[:punct:]]',
  '^[[:^alpha:]]',
  '[[:upper:][:digit:]]$',
  String.raw`\p{Greek}`,
  String.raw`\pL\p{^Greek}[\p{Nd}\s]\x{4b}`,
  String.raw`\PL$`,
  String.raw`[\D]\s[\S]`,
  String.raw`^[^\d\s]+$`,
  '[]-]',
  '[^]a]b',
  '[a-]d',
  '[[:word]a',
  // Escapes, quotations, names.
  String.raw`\Qada.\E+example`,
  String.raw`\Q.`,
  String.raw`\x61\144\141`,
  String.raw`a\nb`,
  '(?P<who>ada)|(?P<who>b)',
  // Repetition.
  '^a{3}b',
  '^a{2,}b',
  '^a{1,2}b',
  'a{,2}b|ada',
  '(a*)*b',
  '(a|aa)+?$',
  'x{0}b',
  '()|ada',
  '^*ada',
]

/** Each wrong for Go, and many of them right in JavaScript. */
const wrong = [
  '(?=a)',
  '(?!a)',
  '(?<=a)b',
  String.raw`(a)\1`,
  String.raw`a\Z`,
  String.raw`\C`,
  String.raw`\c0`,
  String.raw`\k<who>`,
  String.raw`\u0061`,
  String.raw`\é`,
  String.raw`\x{110000}`,
  String.raw`\p{Klingon}`,
  String.raw`\p{Grek}`,
  String.raw`\p{Letter}`,
  String.raw`\p{Script=Greek}`,
  '[[:letter:]]',
  '[[:a]b:]',
  '[z-a]',
  String.raw`[a-\d]`,
  'a**',
  'a+*',
  'a{2}{3}',
  'a{1001}',
  'a{3,2}',
  '((a{100}){100}){100}',
  '*a',
  '(|*)',
  'a)',
  '(a',
  '[a',
  'a\\',
  '(?P=n)',
  '(?i-)a',
  '(?x)a',
]

describe('name_whitelist', () => {
  it.each(expressions)('%s allows what it allows in cfssl', async (expression) => {
    for (const name of names) {
      expect(weAllow(expression, name), name).toBe(await cfsslAllows(expression, name))
    }
  })

  it.each(wrong)('%s is refused as cfssl refuses it', async (expression) => {
    expect(await cfsslRefuses(expression)).toBe(true)
    expect(weAllow(expression, 'a')).toBeNull()
  })

  it('says which expression is wrong, and why', () => {
    expect(() => namePattern('^(?=x)')).toThrow(
      expect.objectContaining({
        code: 'invalid-input',
        detail: 'name_whitelist “^(?=x)”: (?= is not supported in Go’s expressions.',
      }),
    )
  })

  it.each(['^(a*)*$', '^(a|aa)+$', '^(a+)+$', '(.*)*(.*)*(.*)*x', '^(a?){500}a{500}$'])(
    '%s is through with a long name, where JavaScript would not come back',
    (expression) => {
      expect(namePattern(expression).allows(`${'a'.repeat(4000)}!`)).toBe(false)
    },
  )

  it('is refused where it is too large or nests too deeply', () => {
    expect(weAllow('(.{1000})'.repeat(30), '')).toBeNull()
    expect(weAllow('('.repeat(2000) + ')'.repeat(2000), '')).toBeNull()
  })
})
