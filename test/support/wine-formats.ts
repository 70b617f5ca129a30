import { type Handle, windowsApi } from '#electron/stores/win32-api'

/** Runs under Wine: what crypt32 makes of files, before anything gets into a store. */
const exportable = 0x1 // CRYPT_EXPORTABLE
const userKeyset = 0x1000 // CRYPT_USER_KEYSET
const acquireQuietly = 0x40 | 0x4 | 0x10000 // SILENT | COMPARE_KEY | ALLOW_NCRYPT_KEY
const privateKeyBlob = 7 // PRIVATEKEYBLOB
const keyExchange = 1 // AT_KEYEXCHANGE
const fromMemory = 2 // CERT_QUERY_OBJECT_BLOB
const anyContent = 0x3ffe // CERT_QUERY_CONTENT_FLAG_ALL
const anyFormat = 0xe // CERT_QUERY_FORMAT_FLAG_ALL

/** What PFXImportCertStore gives: null for no store, with the system's code. Base64; the key as PRIVATEKEYBLOB. */
export interface ImportedPkcs12 {
  code: number
  store: { certificates: string[]; key: string | null } | null
}

export async function importPkcs12(bytes: Uint8Array, password: string): Promise<ImportedPkcs12> {
  const api = await windowsApi()
  api.SetLastError(0)
  const store = api.PFXImportCertStore({ cbData: bytes.length, pbData: bytes }, password, exportable | userKeyset)
  const code = api.GetLastError()
  if (!store) return { code, store: null }
  const exportKey = await keyExport()
  const certificates: string[] = []
  let key: string | null = null
  for (let context = api.CertEnumCertificatesInStore(store, null); context; ) {
    certificates.push(base64(api.readContext(context)))
    const [provider, spec, frees]: [Handle[], number[], number[]] = [[null], [0], [0]]
    if (api.CryptAcquireCertificatePrivateKey(context, acquireQuietly, null, provider, spec, frees) !== 0)
      key ??= exportKey(BigInt(provider[0] ?? 0))
    context = api.CertEnumCertificatesInStore(store, context)
  }
  api.CertCloseStore(store, 0)
  return { code, store: { certificates, key } }
}

async function keyExport() {
  const { default: koffi } = await import('koffi')
  const advapi32 = koffi.load('advapi32.dll')
  const getUserKey = advapi32.func(
    'int __stdcall CryptGetUserKey(uintptr_t provider, uint32_t spec, _Out_ uintptr_t *key)',
  )
  const exportKey = advapi32.func(
    'int __stdcall CryptExportKey(uintptr_t key, uintptr_t other, uint32_t type, uint32_t flags, void *data, _Inout_ uint32_t *size)',
  )
  return (provider: bigint): string | null => {
    const key = [0]
    if (getUserKey(provider, keyExchange, key) === 0) return null
    const size = [0]
    if (exportKey(key[0], 0, privateKeyBlob, 0, null, size) === 0) return null
    const data = Buffer.alloc(size[0] ?? 0)
    return exportKey(key[0], 0, privateKeyBlob, 0, data, size) === 0 ? null : base64(data)
  }
}

/** What CryptQueryObject takes a file for (CERT_QUERY_CONTENT_…), and the certificates that it finds; null for nothing. */
export async function recognise(bytes: Uint8Array): Promise<{ content: number; certificates: string[] } | null> {
  const api = await windowsApi()
  const { default: koffi } = await import('koffi')
  const query = koffi
    .load('crypt32.dll')
    .func(
      'int __stdcall CryptQueryObject(uint32_t type, LatchkeyDataBlob *object, uint32_t contents, uint32_t formats, uint32_t flags, _Out_ uint32_t *encoding, _Out_ uint32_t *content, _Out_ uint32_t *format, _Out_ void **store, void *message, void *context)',
    )
  const content = [0]
  const store: Handle[] = [null]
  const object = { cbData: bytes.length, pbData: bytes }
  if (query(fromMemory, object, anyContent, anyFormat, 0, [0], content, [0], store, null, null) === 0) return null
  const certificates: string[] = []
  for (let context: Handle = null; ; ) {
    context = api.CertEnumCertificatesInStore(store[0] ?? null, context)
    if (!context) break
    certificates.push(base64(api.readContext(context)))
  }
  api.CertCloseStore(store[0] ?? null, 0)
  return { content: content[0] ?? 0, certificates }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
