/** No address is longer, in characters (RFC 5321 §4.5.3.1.3). */
export const MAX_EMAIL_ADDRESS = 254

/**
 * Whether a text has the shape of an e-mail address. It only tells a slip of the keyboard: whoever sends to it decides. Braces
 * are what is left of a template's place for a name.
 */
export const isEmailAddress = (text: string): boolean => /^[^\s@{}]+@[^\s@{}]+\.[^\s@{}]+$/u.test(text)

/** In a certificate, whose addresses are ASCII (RFC 5280 §4.2.1.6). */
export const certificateEmailPattern =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/u

export const isCertificateEmail = (text: string): boolean =>
  text.length <= MAX_EMAIL_ADDRESS && certificateEmailPattern.test(text)
