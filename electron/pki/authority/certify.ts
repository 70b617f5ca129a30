import { AsnConvert } from '@peculiar/asn1-schema'
import {
  Certificate,
  type Extension,
  Extensions,
  type Name,
  SubjectPublicKeyInfo,
  TBSCertificate,
  type Validity,
  Version,
} from '@peculiar/asn1-x509'
import type { Signer } from '../sign'
import { newSerial } from './serial'

export interface CertificateContent {
  issuer: Name
  subject: Name
  /** SubjectPublicKeyInfo, DER. */
  spki: Uint8Array
  validity: Validity
  extensions: Extension[]
}

/** An X.509 v3 certificate with a fresh serial number, signed; DER (RFC 5280 §4.1). */
export async function certify(content: CertificateContent, signer: Signer): Promise<Uint8Array> {
  const body = new TBSCertificate({
    version: Version.v3,
    serialNumber: Uint8Array.from(newSerial()).buffer,
    signature: signer.algorithm,
    issuer: content.issuer,
    validity: content.validity,
    subject: content.subject,
    subjectPublicKeyInfo: AsnConvert.parse(content.spki, SubjectPublicKeyInfo),
    extensions: new Extensions(content.extensions),
  })
  const signature = await signer.sign(new Uint8Array(AsnConvert.serialize(body)))
  const certificate = new Certificate({
    tbsCertificate: body,
    signatureAlgorithm: signer.algorithm,
    signatureValue: Uint8Array.from(signature).buffer,
  })
  return new Uint8Array(AsnConvert.serialize(certificate))
}
