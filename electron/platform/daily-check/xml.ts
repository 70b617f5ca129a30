const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text of an element (XML 1.0 §2.4). */
export const escapeXml = (text: string): string => text.replace(/[&<>"]/gu, (sign) => entities[sign] ?? sign)
