import { certificates } from './certificates'
import { revocationLists } from './crls'
import { customCertificates } from './custom-certificates'
import { derKeys } from './der-keys'
import { keys } from './keys'
import { ocspMessages } from './ocsp'
import { pkcs7 } from './pkcs7'
import { pkcs12 } from './pkcs12'
import { requests } from './requests'
import { sshKeys } from './ssh'
import type { Table } from './table'

/** Every key, container, certificate, request and CRL of the package, PKITS aside. */
export const everyTable: Record<string, Table> = {
  certificates,
  revocationLists,
  customCertificates,
  derKeys,
  keys,
  ocspMessages,
  pkcs12,
  pkcs7,
  requests,
  sshKeys,
}
