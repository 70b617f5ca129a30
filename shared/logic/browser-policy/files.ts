import { z } from 'zod'
import { escapeMarkup } from '../markup'
import type { PolicySystem } from './places'
import { policyName } from './rules'

/** A file for Chrome and Chromium on Linux, which read all JSON files of their folder of managed policies. */
const policyForLinux = (entries: readonly string[]): string => `${JSON.stringify({ [policyName]: entries }, null, 2)}\n`

const windowsKeys = ['SOFTWARE\\Policies\\Google\\Chrome', 'SOFTWARE\\Policies\\Microsoft\\Edge']

/**
 * A file for regedit, which sets the policy of the person who imports it. UTF-16 with its byte order mark is the encoding of
 * version 5.00; other encodings would be read in the computer's code page.
 */
function policyForWindows(entries: readonly string[]): Uint8Array {
  const lists = windowsKeys.map((key) =>
    [
      `[HKEY_CURRENT_USER\\${key}\\${policyName}]`,
      ...entries.map((entry) => `"${nameOf(entry)}"="${entry.replace(/[\\"]/gu, '\\$&')}"`),
    ].join('\r\n'),
  )
  const text = `\ufeff${['Windows Registry Editor Version 5.00', ...lists].join('\r\n\r\n')}\r\n`
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let index = 0; index < text.length; index += 1) view.setUint16(index * 2, text.charCodeAt(index), true)
  return bytes
}

const Entry = z.object({ pattern: z.string() })

/**
 * Its number in the list, for which Chromium takes any whole number (components/policy/core/common/registry_dict.cc). From 1 on, a
 * file would overwrite the entries of whoever has numbered theirs so. A number of the site (FNV-1a) replaces what an earlier file had for
 * that, and meets no other in practice.
 */
function nameOf(entry: string): string {
  const units = Entry.parse(JSON.parse(entry)).pattern.split('')
  const hash = units.reduce((sum, unit) => Math.imul(sum ^ unit.charCodeAt(0), 0x01000193), 0x811c9dc5)
  // Within the whole numbers that are not negative in 32 bits.
  return String((hash >>> 1) % 2_000_000_000)
}

const macDomains = ['com.google.Chrome', 'com.microsoft.Edge']

/**
 * A configuration profile for macOS with the policy of both browsers (Apple, “Configuration Profile Reference”).
 *
 * @param makeId A new UUID for each payload: a profile with an identifier that is there already replaces that one.
 */
function policyForMac(entries: readonly string[], makeId: () => string): string {
  const list = entries.map((entry) => `        <string>${escapeMarkup(entry)}</string>`).join('\n')
  const payload = (domain: string) => `    <dict>
      <key>PayloadType</key><string>${domain}</string>
      <key>PayloadIdentifier</key><string>app.latchkey.browser-policy.${domain}</string>
      <key>PayloadUUID</key><string>${makeId()}</string>
      <key>PayloadVersion</key><integer>1</integer>
      <key>${policyName}</key>
      <array>
${list}
      </array>
    </dict>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadType</key><string>Configuration</string>
  <key>PayloadIdentifier</key><string>app.latchkey.browser-policy</string>
  <key>PayloadUUID</key><string>${makeId()}</string>
  <key>PayloadVersion</key><integer>1</integer>
  <key>PayloadDisplayName</key><string>Client certificates for chosen sites</string>
  <key>PayloadContent</key>
  <array>
${macDomains.map(payload).join('\n')}
  </array>
</dict>
</plist>
`
}

/** The file for one system. */
export function policyFile(
  system: PolicySystem,
  entries: readonly string[],
  makeId: () => string,
): string | Uint8Array {
  switch (system) {
    case 'linux':
      return policyForLinux(entries)
    case 'windows':
      return policyForWindows(entries)
    case 'macos':
      return policyForMac(entries, makeId)
  }
}
