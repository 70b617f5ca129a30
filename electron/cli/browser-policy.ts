import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { AppError } from '#shared/errors'
import { parseAddress } from '#shared/logic/address'
import { policyForLinux, policyForMac, policyForWindows } from '#shared/logic/browser-policy/files'
import { policyEntries } from '#shared/logic/browser-policy/rules'
import { examples, withJson } from './options'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

const System = z.enum(['linux', 'windows', 'macos'])
type System = z.infer<typeof System>

const CommonName = z.string().trim().min(1).max(200)

/** Where each file goes. A browser takes the list from one place, and does not join it with another one. */
const steps: Record<System, string> = {
  linux: `Save it, as root, as latchkey.json in each browser’s folder of managed policies:
  Chrome    /etc/opt/chrome/policies/managed/
  Chromium  /etc/chromium/policies/managed/`,
  windows: `Open it on the person’s account: it sets the policy of Chrome and Edge for this person. In a domain, use Group Policy.`,
  macos: `Open it and confirm it in System Settings under Device Management, or hand it out by device management.`,
}
const further = `It replaces such a list from elsewhere. Restart the browser; chrome://policy or edge://policy shows it.
The certificate has to be in the store that the browser reads.`

interface Options extends CommonOptions, OutOptions {
  issuer: string
  for: System
}

export function addBrowserPolicy(program: Command, runner: Runner): void {
  withOut(withJson(program.command('browser-policy')), 'output file (default: print)')
    .summary('make the policy by which Chrome, Chromium or Edge picks the certificate for sites without asking')
    .argument('<addresses...>', 'the sites, for example https://admin.example.com')
    .requiredOption('--issuer <common-name>', 'Common Name of the CA that signed the certificates')
    .addOption(
      new Option('--for <system>', 'the system of the browsers').choices(System.options).makeOptionMandatory(true),
    )
    .addHelpText(
      'after',
      examples('latchkey browser-policy admin.example.com --issuer "Acme Clients" --for linux -o latchkey.json'),
    )
    .action((addresses: string[], options: Options) =>
      runner.run('browser-policy', options, 'nothing', async () => {
        const entries = policyEntries(addresses.map(siteOf), commonNameOf(options.issuer))
        const file = fileFor(System.parse(options.for), entries)
        await requireOut(options)
        await writeOut(options, file)
        const next = `${steps[options.for]}\n${further}`
        const isPrinted = options.out === undefined
        return {
          exitCode: 0,
          json: { for: options.for, entries, ...(isPrinted ? { content: textOf(file) } : { file: options.out }), next },
          text: isPrinted ? textOf(file).trimEnd() : `${options.out}\n${next}`,
        }
      }),
    )
}

function siteOf(address: string): { hostname: string; port: number } {
  const parsed = parseAddress(address)
  if (!parsed.ok) throw new AppError('address-invalid', `${address}: ${parsed.reason}`)
  return parsed
}

function commonNameOf(issuer: string): string {
  const parsed = CommonName.safeParse(issuer)
  if (!parsed.success) throw new AppError('invalid-input', 'The Common Name of the issuer has 1 to 200 characters.')
  return parsed.data
}

function fileFor(system: System, entries: string[]): string | Uint8Array {
  switch (system) {
    case 'linux':
      return policyForLinux(entries)
    case 'windows':
      return policyForWindows(entries)
    case 'macos':
      return policyForMac(entries, () => randomUUID().toUpperCase())
  }
}

const textOf = (file: string | Uint8Array) =>
  typeof file === 'string' ? file : new TextDecoder('utf-16le').decode(file).replaceAll('\r\n', '\n')
