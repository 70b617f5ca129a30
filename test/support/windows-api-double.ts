import type { Handle, KeyProvider, WindowsApi } from '#electron/stores/win32-api'

interface Held {
  der: Uint8Array
  provider: KeyProvider | null
}

/** Codes of winerror.h. */
export const codes = { noKeyProperty: 0x8009200b, badKeyset: 0x80090016, badPublicKey: 0x80090015, silent: 0x80090022 }

const ncrypt = 0xffffffff

/**
 * crypt32 and ncrypt for one store of certificates whose keys lie in CNG containers, as Windows has it and Wine has not.
 * `keys`: container → content of the subjectPublicKey of the key in it. A context is the place of a certificate plus one.
 */
export function windowsApiDouble(certificates: Held[], keys: Map<string, Buffer>) {
  let lastError = 0
  /** What CryptAcquireCertificatePrivateKey says instead of opening a key that is there. */
  let refusal: number | null = null
  let keepsKeys = false
  const opened = new Map<bigint, string>()

  const held = (context: Handle): Held => {
    const found = certificates[Number(context) - 1]
    if (found === undefined) throw new Error(`no certificate context ${context}`)
    return found
  }
  const fail = (code: number) => {
    lastError = code
    return 0
  }
  const notUsed = (): never => {
    throw new Error('not part of this double')
  }

  const api: WindowsApi = {
    GetLastError: () => lastError,
    SetLastError: (code) => {
      lastError = code
    },
    CertOpenStore: () => 1n,
    CertCloseStore: () => 1,
    CertControlStore: () => 1,
    CertEnumCertificatesInStore: (_store, previous) => {
      const next = Number(previous ?? 0n)
      return next < certificates.length ? BigInt(next + 1) : null
    },
    CertDuplicateCertificateContext: (context) => context,
    CertFreeCertificateContext: () => 1,
    CertDeleteCertificateFromStore(context) {
      certificates.splice(Number(context) - 1, 1)
      return 1
    },
    CertGetCertificateContextProperty(context, property, data, size) {
      if (property !== 2 || held(context).provider === null) return fail(codes.noKeyProperty)
      size[0] = 8
      if (data !== null) Buffer.from(data.buffer, data.byteOffset, 8).writeBigUInt64LE(BigInt(context ?? 0n))
      return 1
    },
    readKeyProvider: (property) => {
      const { provider } = held(Buffer.from(property).readBigUInt64LE())
      if (provider === null) throw new Error('no key provider')
      return provider
    },
    CryptAcquireCertificatePrivateKey(context, _flags, _parameters, key, keySpec, callerFrees) {
      const { provider } = held(context)
      if (provider === null) return fail(codes.noKeyProperty)
      if (!keys.has(provider.container)) return fail(codes.badKeyset)
      if (refusal !== null) return fail(refusal)
      const handle = BigInt(100 + opened.size)
      opened.set(handle, provider.container)
      key[0] = handle
      keySpec[0] = ncrypt
      callerFrees[0] = 1
      return 1
    },
    CryptExportPublicKeyInfo(key, _keySpec, _encoding, info, size) {
      const bits = keys.get(opened.get(key ?? 0n) ?? '')
      if (bits === undefined) return fail(codes.badKeyset)
      size[0] = bits.length
      if (info !== null) bits.copy(info)
      return 1
    },
    readPublicKey: (info) => Buffer.from(info),
    readContext: (context) => Buffer.from(held(context).der),
    NCryptDeleteKey(key) {
      if (!keepsKeys) keys.delete(opened.get(key ?? 0n) ?? '')
      opened.delete(key ?? 0n)
      return 0
    },
    NCryptFreeObject(key) {
      opened.delete(key ?? 0n)
      return 0
    },
    PFXImportCertStore: notUsed,
    CertAddCertificateContextToStore: notUsed,
    CertAddEncodedCertificateToStore: notUsed,
    CertSetCertificateContextProperty: notUsed,
    CryptReleaseContext: notUsed,
    CryptAcquireContextW: notUsed,
  }

  return {
    api,
    refuseToOpen: (code: number | null) => {
      refusal = code
    },
    keepKeys: () => {
      keepsKeys = true
    },
    /** Handles that were not given back. */
    openHandles: () => opened.size,
  }
}
