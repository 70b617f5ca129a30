import { basename } from 'node:path'
import type { Command } from 'commander'
import type { GeneratedFiles } from '#electron/services/cfssl'
import type { FileServices } from '#electron/services/file-services'
import { AppError } from '#shared/errors'
import { readFiles } from '../input-files'
import { examples, withJson, withPassword } from '../options'
import type { Outcome } from '../output'
import { type NewFile, requireFree, writeNew } from '../output-files'
import type { Runner } from '../runner'
import { type IssuerOptions, withIssuer } from './issuer'

interface Options extends IssuerOptions {
  initca?: boolean
  ca?: string
  caKey?: string
  config?: string
  profile?: string
  bare?: string
  stdout?: boolean
  force?: boolean
}

export function addGencert(cfssl: Command, runner: Runner): void {
  withPassword(withJson(cfssl.command('gencert')))
    .summary('create a key and its certificate from a CSR file (JSON), as cfssl does')
    .argument('<csr.json>', 'ca-csr.json or client-csr.json')
    .option('--initca', 'create a self-signed root')
    .option('--ca <file>', 'certificate of the issuer')
    .option('--ca-key <file>', 'its private key')
    .option('--config <file>', 'ca-config.json with the profiles')
    .option('--profile <name>', 'profile to use')
    .option('--bare <prefix>', 'write <prefix>.pem, <prefix>-key.pem and <prefix>.csr')
    .option('--stdout', 'print cfssl’s own JSON, private key included, instead of writing files')
    .option('--force', 'overwrite existing files')
    .addHelpText(
      'after',
      examples(
        'latchkey cfssl gencert --initca ca-csr.json --bare ca',
        'latchkey cfssl gencert --ca ca.pem --ca-key ca-key.pem --config ca-config.json --profile client client-csr.json',
      ),
    )
    .action((path: string, options: Options) =>
      runner.run('cfssl gencert', options, 'nothing', async (services) => {
        if (options.stdout === true) return printed(await generate(services, path, options))
        const prefix = options.bare ?? prefixFor(path)
        const force = options.force === true
        await requireFree(barePaths(prefix), force)
        const made = await generate(services, path, options)
        await writeNew(bareFiles(prefix, made), force)
        return written(made, barePaths(prefix))
      }),
    )
}

async function generate(services: FileServices, path: string, options: Options): Promise<GeneratedFiles> {
  const [csr] = await readFiles([path])
  if (csr === undefined) throw new AppError('invalid-input', 'Specify a CSR file.')
  const { initca, ca, caKey, config, profile } = options
  if (initca === true) return services.cfssl.gencert(csr, null)
  if (ca === undefined || caKey === undefined)
    throw new AppError('invalid-input', 'Use --initca for a root, or specify the issuer with --ca and --ca-key.')
  const [configFile] = config === undefined ? [] : await readFiles([config])
  return withIssuer(ca, caKey, options, (issuer) =>
    services.cfssl.gencert(csr, { issuer, config: configFile ?? null, profile: profile ?? null }),
  )
}

/** The shape that `cfssljson` reads. */
function printed({ certificate, request, key, warnings }: GeneratedFiles): Outcome {
  const shape = { cert: certificate, csr: request, key }
  return { exitCode: 0, json: { ...shape, warnings }, text: JSON.stringify(shape), notes: sentences(warnings) }
}

function written({ certificate, request, warnings }: GeneratedFiles, files: string[]): Outcome {
  const json = { files, certificate, request, warnings }
  return { exitCode: 0, json, text: `Written: ${files.join(', ')}`, notes: sentences(warnings) }
}

const sentences = (warnings: GeneratedFiles['warnings']) => warnings.map(({ sentence }) => sentence)

/** `ca` for `ca-csr.json`, which gives `ca.pem` as in the walkthrough's `-bare ca`. */
const prefixFor = (csrPath: string): string => basename(csrPath).replace(/(-csr)?\.json$/u, '')

/** The three names that `cfssljson -bare` uses. */
const bareNames = (prefix: string) => ({
  certificate: `${prefix}.pem`,
  key: `${prefix}-key.pem`,
  request: `${prefix}.csr`,
})

const barePaths = (prefix: string): string[] => Object.values(bareNames(prefix))

/** The key comes first, because a certificate without its key would be useless. Only its owner can read it. */
function bareFiles(prefix: string, { certificate, key, request }: GeneratedFiles): NewFile[] {
  const names = bareNames(prefix)
  return [
    { path: names.key, bytes: key, secret: true },
    { path: names.certificate, bytes: certificate, secret: false },
    { path: names.request, bytes: request, secret: false },
  ]
}
