import type { Command } from 'commander'
import type { Inspected } from '#electron/services/inspect'
import { messages } from '#shared/messages'
import { examples, withJson, withPassword } from './options'
import { readFiles } from './read-files'
import type { CommonOptions, Runner } from './runner'
import { readSecret } from './secrets'

interface Options extends CommonOptions {
  passwordFile?: string
}

export function addInspect(program: Command, runner: Runner): void {
  withPassword(withJson(program.command('inspect')))
    .summary('say what files are and what they hold; nothing is kept')
    .argument('<files...>', 'certificates, requests, keys, .p7b, .p12, in any format')
    .addHelpText(
      'after',
      examples('latchkey inspect client.pem', 'latchkey inspect bundle.p12 --password-file pw.txt --json'),
    )
    .action((paths: string[], options: Options) =>
      runner.run('inspect', options, 'records', async (services) => {
        const files = await readFiles(paths)
        let inspected = await services.inspect(files, await quietPassword(options))
        if (inspected.some((file) => file.error?.code === 'password-needed')) {
          const password = await readSecret({
            file: options.passwordFile,
            variable: 'LATCHKEY_PASSWORD',
            question: 'Password: ',
          })
          if (password !== null) inspected = await services.inspect(files, password)
        }
        const readable = inspected.every((file) => file.error === null)
        return { exitCode: readable ? 0 : 1, json: { files: inspected }, text: inspected.map(describe).join('\n\n') }
      }),
    )
}

/** What was given up front; nobody is asked before it is known that a password is needed. */
async function quietPassword({ passwordFile }: Options): Promise<string | null> {
  if (passwordFile === undefined && process.env['LATCHKEY_PASSWORD'] === undefined) return null
  return readSecret({ file: passwordFile, variable: 'LATCHKEY_PASSWORD', question: '' })
}

function describe(file: Inspected): string {
  if (file.error !== null) {
    const { title, remedy } = messages[file.error.code]
    return `${file.name}: ${title}${file.error.detail === null ? '' : ` (${file.error.detail})`}\n  ${remedy}`
  }
  const certificates = file.certificates.map((view) =>
    [
      `  Certificate ${view.commonName ?? view.subject}`,
      `    issued by  ${view.issuer}`,
      `    valid      ${view.notBefore.slice(0, 10)} to ${view.notAfter.slice(0, 10)}`,
      `    key        ${view.publicKey}, code ${view.keyCode}`,
      `    signature  ${view.signatureAlgorithm}`,
      `    kind       ${view.isAuthority ? 'issuer (CA)' : 'leaf'}, X.509 v${view.version}`,
      `    SHA-256    ${view.sha256}`,
    ].join('\n'),
  )
  const keys = file.keys.map(
    (key) =>
      `  Private key ${key.algorithm}, code ${key.keyCode}${key.pairs.length > 0 ? ', belongs to a certificate in this file' : ''}`,
  )
  const requests = file.requests.map(
    (request) =>
      `  Request (CSR) ${request.subject}, code ${request.keyCode}${request.signatureValid ? '' : ', its signature is WRONG'}`,
  )
  const publicKeys = file.publicKeys.map((key) => `  Public key ${key.algorithm}, code ${key.keyCode}`)
  const crls = file.crls === 0 ? [] : [`  CRLs: ${file.crls}`]
  return [`${file.name}: ${file.format}`, ...certificates, ...keys, ...requests, ...publicKeys, ...crls].join('\n')
}
