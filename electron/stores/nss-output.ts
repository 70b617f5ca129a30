/** One line of `certutil -L`: a nickname may appear several times, once for each certificate of the same subject. */
export interface NicknameRow {
  nickname: string
  /** `SSL,S/MIME,signing` letters as certutil prints them, for example `CT,C,` or `u,u,u`. */
  flags: string
}

/** Parses `certutil -L` (NSS SECU_PrintCertNickname: nickname padded to 60 columns, blank, flags). */
export function parseListing(stdout: string): NicknameRow[] {
  return stdout.split('\n').flatMap((line) => {
    const match = /^(.+?)\s+([A-Za-z]*,[A-Za-z]*,[A-Za-z]*)\s*$/u.exec(line)
    const [, nickname, flags] = match ?? []
    if (nickname === undefined || flags === undefined || flags === 'SSL,S/MIME,JAR/XPI') return []
    return [{ nickname, flags }]
  })
}

/** Parses `certutil -K`: the identifiers (lower-case hex) of the private keys in the database. */
export function parseKeyIds(stdout: string): Set<string> {
  const ids = stdout.split('\n').flatMap((line) => /^<\s*\d+>\s+\w+\s+([0-9a-f]{40})\b/iu.exec(line)?.[1] ?? [])
  return new Set(ids.map((id) => id.toLowerCase()))
}

/**
 * Parses `certutil -L -n NICKNAME`: SHA-256 (lower-case hex) → flags, for the case that certificates of one nickname
 * are trusted differently, which the plain listing cannot tell apart.
 */
export function parseTrustByFingerprint(stdout: string): Map<string, string> {
  const found = new Map<string, string>()
  for (const block of stdout.split(/^Certificate:$/mu)) {
    const fingerprint = /Fingerprint \(SHA-256\):\s*((?:[0-9A-F]{2}:)+[0-9A-F]{2}(?:\s*:?(?:[0-9A-F]{2}:?)+)*)/u.exec(
      block,
    )?.[1]
    if (fingerprint === undefined) continue
    const sections = ['SSL', 'Email', 'Object Signing'].map((name) => flagLetters(block, name))
    found.set(fingerprint.replace(/[^0-9A-F]/gu, '').toLowerCase(), sections.join(','))
  }
  return found
}

/** NSS secutil.c printFlags (words) ↔ certdb.c EncodeFlags (letters). */
function flagLetters(block: string, section: string): string {
  const words = new RegExp(`^ *${section} Flags:\\n((?: {12,}.*\\n)*)`, 'mu').exec(block)?.[1] ?? ''
  const has = (word: string) => words.split('\n').some((line) => line.trim() === word)
  const letters: string[] = []
  if (has('Valid CA') && !has('Trusted CA') && !has('Trusted Client CA')) letters.push('c')
  if (has('Terminal Record') && !has('Trusted')) letters.push('p')
  if (has('Trusted CA')) letters.push('C')
  if (has('Trusted Client CA')) letters.push('T')
  if (has('Trusted')) letters.push('P')
  if (has('User')) letters.push('u')
  if (has('Warn When Sending')) letters.push('w')
  return letters.join('')
}
