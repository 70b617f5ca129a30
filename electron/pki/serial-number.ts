/**
 * A serial number as openssl and browsers write it, `0A:1B:…`: without the zero that DER puts before a first octet of 0x80
 * and more. Input: the content octets of the INTEGER.
 */
export function spellSerialNumber(content: Uint8Array): string {
  const shown = content.length > 1 && content[0] === 0 ? content.subarray(1) : content
  return Buffer.from(shown).toString('hex').toUpperCase().match(/../gu)?.join(':') ?? '00'
}
