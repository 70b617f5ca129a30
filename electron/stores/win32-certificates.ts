import { AppError } from '#shared/errors'
import { publicKeyBits, type StoreCertificate, storeCertificate } from './certificate'
import type { Handle, KeyProvider, WindowsApi } from './win32-api'

/** The system stores of the current user. */
export type WindowsStoreName = 'MY' | 'CA' | 'Root'

export interface WindowsCertificate extends StoreCertificate {
  friendlyName: string
  /** Name of the key container, '' when the certificate has none. */
  container: string
  /** The private key can be opened and belongs to this certificate. */
  keyPresent: boolean
}

/** What is done with the current user's certificates. Every call opens the store again, so it sees what other programs changed. */
export interface WindowsCertificates {
  list(store: WindowsStoreName): WindowsCertificate[]
  /** Imports key and certificate of `p12` into MY. `sha256`: of the leaf; other certificates in the file are left out. */
  importIdentity(p12: Uint8Array, password: string, sha256: string, friendlyName: string): void
  /** Adds to CA or Root; what is there already stays as it is (Group Policy may hold it). Root asks the user. */
  add(store: 'CA' | 'Root', der: Uint8Array): void
  /**
   * Deletes the private key when `alsoKey`, sees that it is gone (or fails with 'key-not-confirmed', and the certificate,
   * by which it is found, stays), then the certificate.
   */
  delete(store: WindowsStoreName, sha256: string, alsoKey: boolean): void
}

const encoding = 0x10001 // X509_ASN_ENCODING | PKCS_7_ASN_ENCODING
const systemStoreProvider = 10 // CERT_STORE_PROV_SYSTEM_W
const currentUser = 0x10000 // CERT_SYSTEM_STORE_CURRENT_USER
const commit = 3 // CERT_STORE_CTRL_COMMIT
const forceCommit = 1 // CERT_STORE_CTRL_COMMIT_FORCE_FLAG
const useExisting = 2 // CERT_STORE_ADD_USE_EXISTING
const replaceExisting = 3 // CERT_STORE_ADD_REPLACE_EXISTING
const property = { keyProvider: 2, friendlyName: 11 } // CERT_KEY_PROV_INFO_PROP_ID, CERT_FRIENDLY_NAME_PROP_ID
const userKeyset = 0x1000 // CRYPT_USER_KEYSET
const alwaysCng = 0x200 // PKCS12_ALWAYS_CNG_KSP
const acquireQuietly = 0x40 | 0x4 | 0x10000 // SILENT | COMPARE_KEY | ALLOW_NCRYPT_KEY
const ncryptKeySpec = 0xffffffff // CERT_NCRYPT_KEY_SPEC
const deleteKeyset = 0x10 // CRYPT_DELETEKEYSET
const errors = { cancelled: 1223, accessDenied: 5, invalidPassword: 86 }
/** NTE_NO_KEY, NTE_BAD_PUBLIC_KEY (another key, with COMPARE_KEY), NTE_BAD_KEYSET, CRYPT_E_NO_KEY_PROPERTY. */
const noKey: ReadonlySet<number> = new Set([0x8009000d, 0x80090015, 0x80090016, 0x8009200b])

interface OpenedKey {
  key: Handle
  keySpec: number
  callerFrees: boolean
}

/** Source: Microsoft Learn, wincrypt.h and ncrypt.h; the numbers behind the names are in the SDK's headers. */
export function createWindowsCertificates(api: WindowsApi): WindowsCertificates {
  function failure(action: string): AppError {
    const code = api.GetLastError()
    const detail = `${action} failed with ${code === 0 ? 'no code' : `0x${code.toString(16)}`}`
    if (code === errors.cancelled) return new AppError('store-cancelled', detail)
    if ((code & 0xffff) === errors.accessDenied) return new AppError('store-denied', detail)
    return new AppError('store-failed', detail)
  }

  function withStore<T>(name: WindowsStoreName, work: (store: Handle) => T): T {
    const store = api.CertOpenStore(systemStoreProvider, 0, 0, currentUser, name)
    if (!store) throw failure('CertOpenStore')
    try {
      return work(store)
    } finally {
      api.CertCloseStore(store, 0)
    }
  }

  /** Visits every certificate; a context is valid only during its visit. */
  function visit(store: Handle, work: (context: Handle, certificate: StoreCertificate) => void): void {
    for (let context = api.CertEnumCertificatesInStore(store, null); context; ) {
      try {
        const certificate = storeCertificate(api.readContext(context))
        if (certificate !== null) work(context, certificate)
      } catch (error) {
        api.CertFreeCertificateContext(context)
        throw error
      }
      context = api.CertEnumCertificatesInStore(store, context)
    }
  }

  function readProperty(context: Handle, id: number): Buffer | null {
    const size = [0]
    if (api.CertGetCertificateContextProperty(context, id, null, size) === 0) return null
    const data = Buffer.alloc(size[0] ?? 0)
    return api.CertGetCertificateContextProperty(context, id, data, size) === 0 ? null : data
  }

  function keyProviderOf(context: Handle): KeyProvider | null {
    const found = readProperty(context, property.keyProvider)
    return found === null ? null : api.readKeyProvider(found)
  }

  /**
   * Opens the private key without asking anybody. 'absent': Windows says that there is none, or the container holds another
   * one. 'unknown': it does not open, for a reason that says nothing about its being there.
   */
  function openKey(context: Handle): OpenedKey | 'absent' | 'unknown' {
    const [key, keySpec, callerFrees]: [Handle[], number[], number[]] = [[null], [0], [0]]
    api.SetLastError(0)
    if (api.CryptAcquireCertificatePrivateKey(context, acquireQuietly, null, key, keySpec, callerFrees) === 0)
      return noKey.has(api.GetLastError()) ? 'absent' : 'unknown'
    const opened = { key: BigInt(key[0] ?? 0), keySpec: keySpec[0] ?? 0, callerFrees: callerFrees[0] !== 0 }
    if (belongsTo(opened, context)) return opened
    closeKey(opened)
    return 'absent'
  }

  /** Wine takes COMPARE_KEY and does not compare, and all its keys share one container. */
  function belongsTo({ key, keySpec }: OpenedKey, context: Handle): boolean {
    const size = [0]
    if (api.CryptExportPublicKeyInfo(key, keySpec, encoding, null, size) === 0) return true
    const info = Buffer.alloc(size[0] ?? 0)
    if (api.CryptExportPublicKeyInfo(key, keySpec, encoding, info, size) === 0) return true
    const wanted = publicKeyBits(storeCertificate(api.readContext(context))?.publicKey ?? null)
    return wanted?.equals(api.readPublicKey(info)) ?? true
  }

  function keyStateOf(context: Handle): 'present' | 'absent' | 'unknown' {
    const opened = openKey(context)
    if (typeof opened === 'string') return opened
    closeKey(opened)
    return 'present'
  }

  function closeKey({ key, keySpec, callerFrees }: OpenedKey): void {
    if (!callerFrees) return
    if (keySpec === ncryptKeySpec) api.NCryptFreeObject(key)
    else api.CryptReleaseContext(key, 0)
  }

  function deleteKey(context: Handle): void {
    const provider = keyProviderOf(context)
    const opened = openKey(context)
    if (opened === 'absent') return
    if (opened === 'unknown' || provider === null)
      throw new AppError('key-not-confirmed', 'Windows does not open the private key.')
    if (opened.keySpec === ncryptKeySpec) {
      // NCryptDeleteKey also frees the handle.
      if (api.NCryptDeleteKey(opened.key, 0) !== 0) throw failure('NCryptDeleteKey')
    } else {
      closeKey(opened)
      const { container, provider: name, type, flags } = provider
      if (api.CryptAcquireContextW([null], container, name, type, flags | deleteKeyset) === 0)
        throw failure('CryptAcquireContext')
    }
    if (keyStateOf(context) !== 'absent')
      throw new AppError('key-not-confirmed', `Windows still has the key “${provider.container}”.`)
  }

  function importPfx(p12: Uint8Array, password: string): Handle {
    const blob = { cbData: p12.length, pbData: p12 }
    api.SetLastError(0)
    const modern = api.PFXImportCertStore(blob, password, userKeyset | alwaysCng)
    if (modern) return modern
    const code = api.GetLastError()
    if (code === errors.invalidPassword)
      throw new AppError('store-password-refused', 'PFXImportCertStore failed with 0x56')
    if (code !== 0) throw failure('PFXImportCertStore')
    // Only Wine fails without a code: it does not know the flag, and reports a wrong password in the same way.
    const plain = api.PFXImportCertStore(blob, password, userKeyset)
    if (!plain) throw new AppError('store-password-refused', 'PFXImportCertStore failed with no code')
    return plain
  }

  function setFriendlyName(context: Handle, name: string): void {
    const data = Buffer.from(`${name}\0`, 'utf16le')
    const blob = { cbData: data.length, pbData: data }
    if (api.CertSetCertificateContextProperty(context, property.friendlyName, 0, blob) === 0) {
      throw failure('CertSetCertificateContextProperty')
    }
  }

  function save(store: Handle): void {
    // Windows writes at once; Wine forgets a deletion that is not committed.
    api.CertControlStore(store, forceCommit, commit, null)
  }

  return {
    list(name) {
      return withStore(name, (store) => {
        const found: WindowsCertificate[] = []
        visit(store, (context, certificate) => {
          const friendlyName =
            readProperty(context, property.friendlyName)?.toString('utf16le').replace(/\0+$/u, '') ?? ''
          const container = keyProviderOf(context)?.container ?? ''
          found.push({ ...certificate, friendlyName, container, keyPresent: keyStateOf(context) === 'present' })
        })
        return found
      })
    },

    importIdentity(p12, password, sha256, friendlyName) {
      const imported = importPfx(p12, password)
      try {
        let isAdded = false
        visit(imported, (context, certificate) => {
          if (certificate.sha256 === sha256) {
            try {
              setFriendlyName(context, friendlyName)
              withStore('MY', (store) => {
                const added = api.CertAddCertificateContextToStore(store, context, replaceExisting, null)
                if (added === 0) throw failure('CertAddCertificateContextToStore')
                save(store)
              })
              isAdded = true
            } finally {
              if (!isAdded) deleteKey(context)
            }
          } else deleteKey(context)
        })
      } finally {
        api.CertCloseStore(imported, 0)
      }
    },

    add(name, der) {
      withStore(name, (store) => {
        const added = api.CertAddEncodedCertificateToStore(store, encoding, der, der.length, useExisting, null)
        if (added === 0) throw failure('CertAddEncodedCertificateToStore')
        save(store)
      })
    },

    delete(name, sha256, alsoKey) {
      withStore(name, (store) => {
        let target: Handle = null
        visit(store, (context, certificate) => {
          if (certificate.sha256 === sha256) target ??= api.CertDuplicateCertificateContext(context)
        })
        if (!target) return
        try {
          if (alsoKey) deleteKey(target)
        } catch (error) {
          api.CertFreeCertificateContext(target)
          throw error
        }
        // This frees the context, also when it fails.
        if (api.CertDeleteCertificateFromStore(target) === 0) throw failure('CertDeleteCertificateFromStore')
        save(store)
      })
    },
  }
}
