import { z } from 'zod'
import { AppError } from '#shared/errors'
import { KeyAlgorithm } from '#shared/model/key'
import { readJson } from './json'

const text = z.string().max(4096)

/** One entry of `names`; `E` is an e-mail address, `OID` maps identifiers to values. */
const NameEntry = z.object({
  C: text.default(''),
  ST: text.default(''),
  L: text.default(''),
  O: text.default(''),
  OU: text.default(''),
  E: text.default(''),
  SerialNumber: text.default(''),
  OID: z.record(z.string().regex(/^[0-2](\.\d+)+$/u), text).default({}),
})

/** `ca-csr.json` and `client-csr.json` (cfssl `csr/csr.go`, CertificateRequest). */
export const CsrFile = z.object({
  CN: text.default(''),
  names: z.array(NameEntry).max(100).default([]),
  hosts: z.array(text).max(1000).default([]),
  key: z.object({ algo: text, size: z.number().int() }).default({ algo: 'ecdsa', size: 256 }),
  ca: z
    .object({
      pathlen: z.number().int().min(0).max(100).default(0),
      pathlenzero: z.boolean().default(false),
      expiry: text.default(''),
      backdate: text.default(''),
    })
    .nullable()
    .default(null),
  serialnumber: text.default(''),
  crl_url: text.default(''),
})
export type CsrFile = z.infer<typeof CsrFile>

const Profile = z.object({
  usages: z.array(text).nullable().default(null),
  expiry: text.default(''),
  backdate: text.default(''),
  ca_constraint: z
    .object({
      is_ca: z.boolean().default(false),
      max_path_len: z.number().int().min(0).max(100).default(0),
      max_path_len_zero: z.boolean().default(false),
    })
    .nullable()
    .default(null),
  crl_url: text.default(''),
  ocsp_url: text.default(''),
  issuer_urls: z.array(text).default([]),
  auth_key: text.default(''),
  remote: text.default(''),
  auth_remote: z
    .object({ remote: text.default(''), auth_key: text.default('') })
    .nullable()
    .default(null),
  name_whitelist: text.default(''),
})
export type Profile = z.infer<typeof Profile>

/** What cfssl uses where a file has no default profile: servers and clients, one year (`config/config.go`, DefaultConfig). */
export const defaultProfile: Profile = Profile.parse({
  usages: ['signing', 'key encipherment', 'server auth', 'client auth'],
  expiry: '8760h',
})

/** `ca-config.json` (cfssl `config/config.go`, Config). */
export const ConfigFile = z.object({
  signing: z.object({
    default: Profile.default(defaultProfile),
    profiles: z.record(z.string().max(200), Profile).default({}),
  }),
  auth_keys: z.record(z.string().max(200), z.object({ type: text.default(''), key: text.default('') })).default({}),
  remotes: z.record(z.string().max(200), text).default({}),
})
export type ConfigFile = z.infer<typeof ConfigFile>

/** Warnings for fields of a CSR file that cfssl accepts but does not write into a certificate. */
export function ignoredIn({ crl_url, names }: CsrFile): CfsslWarning[] {
  const ignored = [
    ...(crl_url === '' ? [] : ['crl_url']),
    ...(names.some(({ SerialNumber }) => SerialNumber !== '') ? ['names[].SerialNumber'] : []),
  ]
  return ignored.map((field) => ({
    code: 'ignored-field',
    sentence: `${field} has no effect on a certificate. Use the profile’s crl_url or the file’s top-level serialnumber.`,
  }))
}

/** Errors: `invalid-input` with the place that is not JSON, or with the name of the invalid field. */
export function parseFile<Parsed>(schema: z.ZodType<Parsed>, name: string, bytes: Uint8Array): Parsed {
  const parsed = schema.safeParse(asGoReads(readJson(name, bytes)))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new AppError('invalid-input', `${name}: ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? ''}`)
}

/** Every field of cfssl's files, spelled as in the schemas. */
const fields = [
  ...['CN', 'names', 'C', 'ST', 'L', 'O', 'OU', 'E', 'SerialNumber', 'OID', 'hosts', 'key', 'algo', 'size', 'ca'],
  ...['pathlen', 'pathlenzero', 'expiry', 'backdate', 'serialnumber', 'crl_url', 'ocsp_url', 'issuer_urls'],
  ...['signing', 'default', 'profiles', 'usages', 'ca_constraint', 'is_ca', 'max_path_len', 'max_path_len_zero'],
  ...['auth_key', 'auth_keys', 'name_whitelist', 'type', 'remote', 'remotes', 'auth_remote'],
]
const spelling = new Map(fields.map((name) => [name.toLowerCase(), name]))

/** Objects whose keys are chosen by the user and are not field names. */
const maps = new Set(['profiles', 'auth_keys', 'remotes', 'OID'])

/**
 * Go's JSON ignores the case of field names and treats null as a missing field (`encoding/json`, Unmarshal), but a profile that
 * is null stays, and cfssl refuses it. `map`: the name of the map that `value` is; null for everything else.
 */
function asGoReads(value: unknown, map: string | null = null): unknown {
  if (Array.isArray(value)) return value.map((item) => asGoReads(item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).flatMap(([key, inner]) => {
    if (inner === null && map !== 'profiles') return []
    const name = map === null ? (spellingFor(key) ?? key) : key
    return [[name, asGoReads(inner, map === null && maps.has(name) ? name : null)]]
  })
  return Object.fromEntries(entries)
}

/** `SerialNumber` of a name and `serialnumber` of a request differ only in case, so an exact match comes first. */
const spellingFor = (key: string) => (fields.includes(key) ? key : spelling.get(key.toLowerCase()))

/** `key.algo` and `key.size`, as far as Access accepts them. Errors: `unsupported-algorithm`. */
export function keyAlgorithmOf({ algo, size }: CsrFile['key']): KeyAlgorithm {
  const wanted = algo === 'ecdsa' ? `p-${size}` : `${algo}-${size}`
  const known = KeyAlgorithm.safeParse(wanted)
  if (known.success) return known.data
  throw new AppError(
    'unsupported-algorithm',
    `“${algo}” with ${size} bits. Supported are rsa with 2048, 3072 or 4096 bits and ecdsa with 256, 384 or 521 bits.`,
  )
}

/** A pitfall of cfssl's files: what cfssl would have done, and what was done instead. */
export interface CfsslWarning {
  code: 'empty-host' | 'unknown-usage' | 'serial-spelling' | 'ignored-field' | 'other-names' | 'shortened'
  sentence: string
}
