// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
export const hasControl = (text: string) => /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u.test(text)

/** Within single quotes a POSIX shell takes everything but the quote itself literally (POSIX.1-2017, XCU 2.2.2). */
export const posix = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
/** PowerShell doubles the quote; it takes typographic ones for it, too (about_Quoting_Rules). */
export const powershell = (text: string) => `'${text.replace(/['‘’‚‛]/gu, (quote) => quote + quote)}'`
/** JSON's strings are JavaScript's (ECMA-262 since 2019), and those of Python and Java where they are ASCII. */
export const quoted = (text: string) => JSON.stringify(text)
/** For sources that are read in an encoding that nobody knows; half of a pair is written as such, as all three languages do. */
export const quotedAscii = (text: string) =>
  quoted(text).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** A file of this folder that a program takes neither for an option nor for an address ("pkcs11:…"). */
export const fileHere = (name: string) => (/^-|:/u.test(name) ? `./${name}` : name)
