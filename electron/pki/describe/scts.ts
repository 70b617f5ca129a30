/** SignedCertificateTimestampList (RFC 6962 §3.3): a TLS vector of TLS vectors; only counted. */
export function describeScts(value: Uint8Array): string {
  const list = Buffer.from(value)
  let count = 0
  for (let offset = 2; offset + 2 <= list.length; offset += 2 + list.readUInt16BE(offset)) count += 1
  return `Logged ${count} ${count === 1 ? 'time' : 'times'}`
}
