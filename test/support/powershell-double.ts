import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

interface Signature {
  /** SignatureStatus: 0 “Valid”, 2 “NotSigned”, 3 “HashMismatch”. */
  status: number
  subject: string | null
}

/**
 * A folder for PATH with a `powershell.exe` that looks at one file's signature, as Windows PowerShell 5.1 prints it
 * (`Get-AuthenticodeSignature … | ConvertTo-Json -Compress`), and takes nothing else; and with `chcp`, which is called before it.
 */
export function powershellDouble(folder: string, { status, subject }: Signature): string {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const certificate = subject === null ? null : { Archived: false, HasPrivateKey: false, Subject: subject }
  const printed = JSON.stringify({ SignerCertificate: certificate, Status: status, Path: '@PATH@', IsOSBinary: false })
  const script = `#!/bin/sh
[ "$1 $2 $3 $4 $5" = "-NoProfile -NonInteractive -InputFormat None -Command" ] && [ $# = 6 ] || exit 64
case $6 in
  "ConvertTo-Json test") echo '"test"'; exit 0 ;;
  "Get-AuthenticodeSignature -LiteralPath '"*"' | ConvertTo-Json -Compress") ;;
  *) exit 64 ;;
esac
path=\${6#*\\'}
path=\${path%\\'*}
[ -f "$path" ] || exit 65
printf '%s\\n' '${printed.replace('@PATH@', '\'"$path"\'')}'
`
  writeFileSync(join(bin, 'powershell.exe'), script, { mode: 0o755 })
  writeFileSync(join(bin, 'chcp'), '#!/bin/sh\n', { mode: 0o755 })
  return bin
}
