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

/**
 * Controls, line separators, lone surrogates, annotations, and what Unicode leaves out where it cannot be shown: zero-width
 * and bidi controls, fillers, tags. Variation selectors stay, since emoji are written with them.
 */
const dangerous = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufff9-\ufffb]|(?![\ufe00-\ufe0f])\p{Default_Ignorable_Code_Point}/gu
