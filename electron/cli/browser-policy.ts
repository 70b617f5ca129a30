import { randomUUID } from 'node:crypto'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import { AppError } from '#shared/errors'
import { parseAddress } from '#shared/logic/address'
import { policyFile } from '#shared/logic/browser-policy/files'
import { PolicySystem, policyNotes, policyPlaces } from '#shared/logic/browser-policy/places'
import { policyEntries } from '#shared/logic/browser-policy/rules'
import { examples, withJson } from './options'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'

const CommonName = z.string().trim().min(1).max(200)

function nextSteps(system: PolicySystem): string {
  const { act, browsers } = policyPlaces[system]
  return [act, ...browsers.map(({ name, place }) => `  ${name.padEnd(9)} ${place}`), ...policyNotes].join('\n')
}

interface Options extends CommonOptions, OutOptions {
  issuer: string
  for: PolicySystem
}

export function addBrowserPolicy(program: Command, runner: Runner): void {
  withOut(withJson(program.command('browser-policy')), 'output file (default: print)')
    .summary('make the policy by which Chrome, Chromium or Edge picks the certificate for sites without asking')
    .argument('<addresses...>', 'the sites, for example https://admin.example.com')
    .requiredOption('--issuer <common-name>', 'Common Name of the CA that signed the certificates')
    .addOption(
      new Option('--for <system>', 'the system of the browsers')
        .choices(PolicySystem.options)
        .makeOptionMandatory(true),
    )
    .addHelpText(
      'after',
      examples('latchkey browser-policy admin.example.com --issuer "Acme Clients" --for linux -o latchkey.json'),
    )
    .action((addresses: string[], options: Options) =>
      runner.run('browser-policy', options, 'nothing', async () => {
        const entries = policyEntries(addresses.map(siteOf), commonNameOf(options.issuer))
        const file = policyFile(PolicySystem.parse(options.for), entries, () => randomUUID().toUpperCase())
        await requireOut(options)
        await writeOut(options, file)
        const next = nextSteps(options.for)
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

const textOf = (file: string | Uint8Array) =>
  typeof file === 'string' ? file : new TextDecoder('utf-16le').decode(file).replaceAll('\r\n', '\n')
