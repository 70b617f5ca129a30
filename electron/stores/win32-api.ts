/** An address or handle of Windows; 0n or null is "nothing". */
export type Handle = bigint | null

/** The functions of crypt32, ncrypt and advapi32 that the store needs, named as Microsoft documents them. */
export interface WindowsApi {
  GetLastError(): number
  SetLastError(code: number): void
  PFXImportCertStore(pfx: DataBlob, password: string, flags: number): Handle
  CertOpenStore(provider: number, encoding: number, unused: number, flags: number, name: string): Handle
  CertCloseStore(store: Handle, flags: number): number
  CertControlStore(store: Handle, flags: number, control: number, parameter: Handle): number
  CertEnumCertificatesInStore(store: Handle, previous: Handle): Handle
  CertDuplicateCertificateContext(context: Handle): Handle
  CertFreeCertificateContext(context: Handle): number
  CertAddCertificateContextToStore(store: Handle, context: Handle, disposition: number, added: null): number
  CertAddEncodedCertificateToStore(
    store: Handle,
    encoding: number,
    der: Uint8Array,
    length: number,
    disposition: number,
    added: null,
  ): number
  CertDeleteCertificateFromStore(context: Handle): number
  CertGetCertificateContextProperty(context: Handle, property: number, data: Uint8Array | null, size: number[]): number
  CertSetCertificateContextProperty(context: Handle, property: number, flags: number, data: DataBlob): number
  CryptAcquireCertificatePrivateKey(
    context: Handle,
    flags: number,
    parameters: null,
    key: Handle[],
    keySpec: number[],
    callerFrees: number[],
  ): number
  CryptExportPublicKeyInfo(
    key: Handle,
    keySpec: number,
    encoding: number,
    info: Uint8Array | null,
    size: number[],
  ): number
  CryptReleaseContext(provider: Handle, flags: number): number
  CryptAcquireContextW(provider: Handle[], container: string, name: string, type: number, flags: number): number
  NCryptDeleteKey(key: Handle, flags: number): number
  NCryptFreeObject(key: Handle): number
  /** DER of the certificate, copied. */
  readContext(context: Handle): Buffer
  readKeyProvider(property: Uint8Array): KeyProvider
  /** CERT_PUBLIC_KEY_INFO: the content of its subjectPublicKey, copied. */
  readPublicKey(info: Uint8Array): Buffer
}

interface DataBlob {
  cbData: number
  pbData: Uint8Array
}

/** CRYPT_KEY_PROV_INFO: where a certificate's private key lives. Type 0 means a CNG provider. */
export interface KeyProvider {
  container: string
  provider: string
  type: number
  flags: number
}

let loaded: Promise<WindowsApi> | null = null

/** Loads the system's libraries once, at the first use: koffi has nothing to load anywhere else. */
export function windowsApi(): Promise<WindowsApi> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<WindowsApi> {
  const { default: koffi } = await import('koffi')
  const crypt32 = koffi.load('crypt32.dll')
  const ncrypt = koffi.load('ncrypt.dll')
  const advapi32 = koffi.load('advapi32.dll')
  const kernel32 = koffi.load('kernel32.dll')
  koffi.struct('LatchkeyDataBlob', { cbData: 'uint32_t', pbData: 'uint8_t *' })
  const certContext = koffi.struct('LatchkeyCertContext', {
    encoding: 'uint32_t',
    bytes: 'void *',
    length: 'uint32_t',
    information: 'void *',
    store: 'void *',
  })
  const keyProvider = koffi.struct('LatchkeyKeyProvider', {
    container: 'str16',
    provider: 'str16',
    type: 'uint32_t',
    flags: 'uint32_t',
    parameterCount: 'uint32_t',
    parameters: 'void *',
    keySpec: 'uint32_t',
  })
  const publicKeyInfo = koffi.struct('LatchkeyPublicKeyInfo', {
    algorithm: 'void *',
    parameterLength: 'uint32_t',
    parameters: 'void *',
    length: 'uint32_t',
    bytes: 'void *',
    unusedBits: 'uint32_t',
  })
  return {
    GetLastError: kernel32.func('uint32_t __stdcall GetLastError()'),
    SetLastError: kernel32.func('void __stdcall SetLastError(uint32_t code)'),
    PFXImportCertStore: crypt32.func(
      'void * __stdcall PFXImportCertStore(LatchkeyDataBlob *pfx, str16 password, uint32_t flags)',
    ),
    CertOpenStore: crypt32.func(
      'void * __stdcall CertOpenStore(uintptr_t provider, uint32_t encoding, uintptr_t unused, uint32_t flags, str16 name)',
    ),
    CertCloseStore: crypt32.func('int __stdcall CertCloseStore(void *store, uint32_t flags)'),
    CertControlStore: crypt32.func(
      'int __stdcall CertControlStore(void *store, uint32_t flags, uint32_t control, void *parameter)',
    ),
    CertEnumCertificatesInStore: crypt32.func(
      'void * __stdcall CertEnumCertificatesInStore(void *store, void *previous)',
    ),
    CertDuplicateCertificateContext: crypt32.func('void * __stdcall CertDuplicateCertificateContext(void *context)'),
    CertFreeCertificateContext: crypt32.func('int __stdcall CertFreeCertificateContext(void *context)'),
    CertAddCertificateContextToStore: crypt32.func(
      'int __stdcall CertAddCertificateContextToStore(void *store, void *context, uint32_t disposition, void *added)',
    ),
    CertAddEncodedCertificateToStore: crypt32.func(
      'int __stdcall CertAddEncodedCertificateToStore(void *store, uint32_t encoding, uint8_t *der, uint32_t length, uint32_t disposition, void *added)',
    ),
    CertDeleteCertificateFromStore: crypt32.func('int __stdcall CertDeleteCertificateFromStore(void *context)'),
    CertGetCertificateContextProperty: crypt32.func(
      'int __stdcall CertGetCertificateContextProperty(void *context, uint32_t property, void *data, _Inout_ uint32_t *size)',
    ),
    CertSetCertificateContextProperty: crypt32.func(
      'int __stdcall CertSetCertificateContextProperty(void *context, uint32_t property, uint32_t flags, LatchkeyDataBlob *data)',
    ),
    CryptAcquireCertificatePrivateKey: crypt32.func(
      'int __stdcall CryptAcquireCertificatePrivateKey(void *context, uint32_t flags, void *parameters, _Out_ uintptr_t *key, _Out_ uint32_t *keySpec, _Out_ int *callerFrees)',
    ),
    CryptExportPublicKeyInfo: crypt32.func(
      'int __stdcall CryptExportPublicKeyInfo(uintptr_t key, uint32_t keySpec, uint32_t encoding, void *info, _Inout_ uint32_t *size)',
    ),
    CryptReleaseContext: advapi32.func('int __stdcall CryptReleaseContext(uintptr_t provider, uint32_t flags)'),
    CryptAcquireContextW: advapi32.func(
      'int __stdcall CryptAcquireContextW(_Out_ uintptr_t *provider, str16 container, str16 name, uint32_t type, uint32_t flags)',
    ),
    NCryptDeleteKey: ncrypt.func('int32_t __stdcall NCryptDeleteKey(uintptr_t key, uint32_t flags)'),
    NCryptFreeObject: ncrypt.func('int32_t __stdcall NCryptFreeObject(uintptr_t key)'),
    readContext(context) {
      const { bytes, length } = koffi.decode(context, certContext)
      // A copy: the system frees its own memory together with the context.
      return Buffer.from(new Uint8Array(koffi.view(bytes, length)))
    },
    readKeyProvider(property) {
      const { container, provider, type, flags } = koffi.decode(property, keyProvider)
      return { container: container ?? '', provider: provider ?? '', type, flags }
    },
    readPublicKey(info) {
      const { bytes, length } = koffi.decode(info, publicKeyInfo)
      return Buffer.from(new Uint8Array(koffi.view(bytes, length)))
    },
  }
}
