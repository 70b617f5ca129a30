/** Every field of cfssl's files in the spelling of the schemas. */
const fields = [
  ...['CN', 'names', 'C', 'ST', 'L', 'O', 'OU', 'E', 'SerialNumber', 'OID', 'hosts', 'key', 'algo', 'size', 'ca'],
  ...['pathlen', 'pathlenzero', 'expiry', 'backdate', 'serialnumber', 'crl_url', 'ocsp_url', 'issuer_urls'],
  ...['signing', 'default', 'profiles', 'usages', 'ca_constraint', 'is_ca', 'max_path_len', 'max_path_len_zero'],
  ...['auth_key', 'auth_keys', 'name_whitelist', 'type'],
]
const spelling = new Map(fields.map((name) => [name.toLowerCase(), name]))

/** Whose own keys are names that somebody chose, not fields. */
const maps = new Set(['profiles', 'auth_keys', 'OID'])

/** Go's JSON takes fields in any case and null for a field that is not there (`encoding/json`, Unmarshal). */
export function asGoReads(value: unknown, areFields = true): unknown {
  if (Array.isArray(value)) return value.map((item) => asGoReads(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (inner === null) return []
    const name = areFields ? (spellingFor(key) ?? key) : key
    return [[name, asGoReads(inner, !(areFields && maps.has(name)))]]
  })
  return Object.fromEntries(entries)
}

/** `SerialNumber` of a name and `serialnumber` of a request differ by nothing else, so those stay as they are. */
const spellingFor = (key: string) => (fields.includes(key) ? key : spelling.get(key.toLowerCase()))
