const references: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Text for use in HTML or XML, between tags or within an attribute (XML 1.0 §2.4). The apostrophe as a number: HTML 4 has no
 * name for it.
 */
export const escapeMarkup = (text: string): string => text.replace(/[&<>"']/gu, (sign) => references[sign] ?? sign)
