/** RFC 1035 §2.3.4, in characters. */
export const MAX_DNS_NAME = 253

/** In lower case; an asterisk may stand for the first label. */
export const dnsNamePattern = /^(\*\.)?([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u

export const isDnsName = (text: string): boolean => text.length <= MAX_DNS_NAME && dnsNamePattern.test(text)
