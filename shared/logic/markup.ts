const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text for use in HTML or XML, between tags or within an attribute (XML 1.0 §2.4). The apostrophe as a number: HTML 4 has no
 * name for it.
 */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/gu, (sign) => references[sign] ?? sign)

const signs = new Map(Object.entries(references).map(([sign, reference]) => [reference, sign]))

/** What `escapeMarkup` was given. Other references, which it does not write, stay. */
export const readMarkup = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39);/gu, (one) => signs.get(one) ?? one)
