/**
 * Text from certificates and servers, made harmless to show or print: terminal escapes, other control characters, line
 * separators and bidirectional overrides become visible `\u…` instead of acting.
 */
export function neutralise(text: string): string {
  return text.replace(dangerous, (character) => {
    const code = character.codePointAt(0) ?? 0
    return `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** C0 and C1 controls, soft hyphen, Arabic letter mark, zero-width and bidi controls, line separators, BOM, tag characters, lone surrogates. */
const dangerous =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|\p{Surrogate}/gu
