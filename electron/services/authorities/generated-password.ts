import type { Random } from '#electron/platform/random'

/** Crockford’s base 32: nothing in it is taken for something else, aloud or on paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUPS = 7
const GROUP_LENGTH = 4

/** 28 characters of 5 bits each are 140 bits; ASCII, which every program that reads PKCS#12 takes. “K7QD-2M5A-…” */
export function generatePassword(random: Pick<Random, 'bytes'>): string {
  // 256 is a multiple of 32, so that every character is as likely as another.
  const characters = [...random.bytes(GROUPS * GROUP_LENGTH)].map((octet) => alphabet.charAt(octet % alphabet.length))
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH).join(''),
  ).join('-')
}
