import type Koffi from 'koffi'

type RegistryRoot = 'machine' | 'user'

/** HKEY_LOCAL_MACHINE (0x80000002) and HKEY_CURRENT_USER (0x80000001), extended to the width of a handle. */
const handles: Record<RegistryRoot, number> = { machine: -0x7ffffffe, user: -0x7fffffff }
const ONLY_TEXT = 0x2 // RRF_RT_REG_SZ
/** Otherwise REG_EXPAND_SZ counts as text, with variables of whoever runs the program in it. */
const NOT_EXPANDED = 0x10000000 // RRF_NOEXPAND
const REGISTRY_OF_64_BIT = 0x10000 // RRF_SUBKEY_WOW6464KEY
const READ_64_BIT = 0x1 | 0x100 // KEY_QUERY_VALUE | KEY_WOW64_64KEY
const FILE_NOT_FOUND = 2
const MORE_DATA = 234

export type RegistryText =
  /** `others`: its key is there, with other values or keys in it. */
  | { kind: 'absent'; others: boolean }
  | { kind: 'read'; text: string }
  | { kind: 'too-large' }
  /** The module that reads it cannot be loaded: a part of the package is missing. */
  | { kind: 'unavailable' }
  /** The number of Windows' error: 5 is “access denied”, 1630 another type than text. */
  | { kind: 'failed'; error: number }

/** Text from the registry. `limit`: of its bytes, two for each UTF-16 unit. */
export type ReadRegistryText = (root: RegistryRoot, path: string, name: string, limit: number) => Promise<RegistryText>

type Library = ReturnType<typeof Koffi.load>

/** RegOpenKeyExW and RegQueryInfoKeyW (Microsoft Learn, winreg.h): what a key holds whose value is not there. */
function contentOf(advapi: Library, root: RegistryRoot, path: string): RegistryText {
  const open = advapi.func(
    'int32_t __stdcall RegOpenKeyExW(intptr_t key, str16 path, uint32_t options, uint32_t access, _Out_ intptr_t *opened)',
  )
  const query = advapi.func(
    'int32_t __stdcall RegQueryInfoKeyW(intptr_t key, void *class, void *classSize, void *reserved, _Out_ uint32_t *keys, void *longestKey, void *longestClass, _Out_ uint32_t *values, void *longestName, void *longestValue, void *security, void *written)',
  )
  const close = advapi.func('int32_t __stdcall RegCloseKey(intptr_t key)')
  const opened = [0]
  const error: unknown = open(handles[root], path, 0, READ_64_BIT, opened)
  if (error === FILE_NOT_FOUND) return { kind: 'absent', others: false }
  if (error !== 0) return { kind: 'failed', error: Number(error) }
  const [keys, values] = [[0], [0]]
  const failed: unknown = query(opened[0], null, null, null, keys, null, null, values, null, null, null, null)
  close(opened[0])
  if (failed !== 0) return { kind: 'failed', error: Number(failed) }
  return { kind: 'absent', others: [...keys, ...values].some((count) => count > 0) }
}

/** RegGetValueW (Microsoft Learn, winreg.h), which ends the text with a zero where the registry has none. */
export const readRegistryText: ReadRegistryText = async (root, path, name, limit) => {
  const koffi = await import('koffi').then(
    (module) => module.default,
    () => null,
  )
  if (koffi === null) return { kind: 'unavailable' }
  const advapi = koffi.load('advapi32.dll')
  const getValue = advapi.func(
    'int32_t __stdcall RegGetValueW(intptr_t key, str16 path, str16 name, uint32_t flags, void *type, _Out_ void *data, _Inout_ uint32_t *size)',
  )
  const flags = ONLY_TEXT | NOT_EXPANDED | REGISTRY_OF_64_BIT
  const data = Buffer.alloc(limit)
  const size = [limit]
  const error: unknown = getValue(handles[root], path, name, flags, null, data, size)
  if (error === FILE_NOT_FOUND) return contentOf(advapi, root, path)
  if (error === MORE_DATA) return { kind: 'too-large' }
  if (error !== 0) return { kind: 'failed', error: Number(error) }
  const text = data.subarray(0, size[0] ?? 0).toString('utf16le')
  return { kind: 'read', text: text.replace(/\0+$/u, '') }
}
