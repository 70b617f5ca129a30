import { bmpPassword } from './pkcs12-kdf'

/** Null stands for "no password at all", which PKCS#12 tells from an empty one. */
export type Password = string | null

/** Where a password comes from: the standards agree on UTF-8 in both, writers do not. */
export type PasswordUse = 'key' | 'pkcs12'

/**
 * The octets that a password may have become before PBES1, PBES2 or OpenSSL's own derivation, most likely first: UTF-8
 * (RFC 8018 §3); Latin-1, as terminals before UTF-8 sent it; and in PKCS#12 files of old NSS the UTF-16 with a final zero
 * that only PKCS#12's own derivation asks for.
 */
export function octetForms(password: Password, use: PasswordUse): Buffer[] {
  if (password === null || password === '') return [Buffer.alloc(0)]
  const forms: Buffer[] = [Buffer.from(password, 'utf8')]
  const latin1 = Buffer.from(password, 'latin1')
  const isLatin1 = latin1.toString('latin1') === password
  if (isLatin1 && latin1.length !== forms[0]?.length) forms.push(latin1)
  if (use === 'pkcs12') forms.push(bmpPassword(password))
  return forms
}

/**
 * The spellings of a PKCS#12 password: an empty one may have been written as an empty string or as none at all, and
 * OpenSSL before 1.1 widened the octets of a UTF-8 password one by one instead of its characters.
 */
export function spellings(password: Password): Password[] {
  if (password === null || password === '') return ['', null]
  return [...new Set([password, Buffer.from(password, 'utf8').toString('latin1')])]
}
