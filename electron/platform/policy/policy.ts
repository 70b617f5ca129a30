import { z } from 'zod'
import { Policy } from '#shared/model/policy'
import { parseJson } from '../parse-json'

/** What was found where this system keeps the settings of its administrator. */
export type FoundPolicy =
  | { kind: 'none' }
  | { kind: 'set'; from: string; policy: Policy }
  /** There is one, and it cannot be used: what it may have forbidden is then closed. */
  | { kind: 'unusable'; from: string; why: string }

/** More than any policy needs: 50 issuers fit. */
export const MAX_POLICY_BYTES = 512 * 1024

export const unusable = (from: string, why: string): FoundPolicy => ({ kind: 'unusable', from, why })

/** JSON text. `from`: where it was read. */
export function parsePolicy(from: string, text: string): FoundPolicy {
  const json = parseJson(text)
  if (json === undefined) return unusable(from, 'It is not JSON.')
  const found = acceptPolicy(from, json)
  const twice = found.kind === 'set' ? namedTwice(text) : null
  return twice === null ? found : unusable(from, `It has the field “${twice}” twice.`)
}

/** Of two values for one field, JSON's readers take either. No list of a valid policy holds fields of its own. */
function namedTwice(json: string): string | null {
  const names = new Set<string>()
  for (const [, name, colon] of json.matchAll(/("[^"\\]*(?:\\.[^"\\]*)*")\s*(:?)/gsu)) {
    if (name === undefined || colon !== ':') continue
    const plain = String(parseJson(name))
    if (names.has(plain)) return plain
    names.add(plain)
  }
  return null
}

export function acceptPolicy(from: string, value: unknown): FoundPolicy {
  const { success, data, error } = Policy.safeParse(value)
  if (success) return { kind: 'set', from, policy: data }
  const newer = z.object({ version: z.number().gt(1) }).safeParse(value).success
  return unusable(from, newer ? 'It is written for a newer Latchkey.' : firstIssue(error))
}

/** Names the field, never its value. */
function firstIssue({ issues: [first] }: z.ZodError): string {
  if (first === undefined) return 'It is not a policy.'
  if (first.code === 'unrecognized_keys') return `It has a field that Latchkey does not know: ${first.keys.join(', ')}.`
  const path = first.path.join('.')
  return path === '' ? 'It is not a JSON object.' : `The value of “${path}” is not one that this field takes.`
}
