import type { Attempt } from '#shared/model/attempt'

export interface ComparisonRow {
  name: string
  without: string | null
  with: string | null
  differs: boolean
}

/** Both sides in one table: the status first, then every header that either side sent, several of one name joined. */
export function compareHeaders(without: Attempt, withCertificate: Attempt | null): ComparisonRow[] {
  const left = valuesOf(without)
  const right = withCertificate === null ? new Map<string, string>() : valuesOf(withCertificate)
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const row = { name, without: left.get(name) ?? null, with: right.get(name) ?? null }
    return { ...row, differs: withCertificate !== null && row.without !== row.with }
  })
}

function valuesOf({ outcome }: Attempt): Map<string, string> {
  const values = new Map<string, string>()
  if (outcome.kind === 'failed') return values
  values.set('status', `${outcome.status} ${outcome.statusText}`.trim())
  for (const { name, value } of outcome.headers) {
    const key = name.toLowerCase()
    const before = values.get(key)
    values.set(key, before === undefined ? value : `${before}\n${value}`)
  }
  return values
}

/** As plain text, for a ticket. */
export const headersText = (rows: ComparisonRow[]): string =>
  rows
    .map(
      ({ name, without, with: presented }) => `${name}\n  without: ${without ?? '–'}\n  with:    ${presented ?? '–'}`,
    )
    .join('\n')
