import type { Command } from 'commander'
import { z } from 'zod'
import { plainFingerprint } from '#shared/logic/formatting'
import { MAX_SETUP_ISSUERS } from '#shared/logic/setup-file'
import { RequestDraft } from '#shared/model/identity'
import { Sha256 } from '#shared/model/ids'
import { collect, examples, withJson, withPassphrase } from './options'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'
import { parsed, type SubjectOptions, subjectOf, withSubject } from './subject'

interface Options extends OutOptions, CommonOptions, SubjectOptions {
  key: string
  email: string[]
  dns: string[]
  ca: string[]
}

export function addRequest(program: Command, runner: Runner): void {
  withOut(
    withSubject(withPassphrase(withJson(program.command('request')))),
    'output file for the request (default: print)',
  )
    .summary('create a key and its request (CSR)')
    .argument('<common-name>', 'the Common Name, usually your full name')
    .option('--key <type>', 'rsa-2048, rsa-3072, rsa-4096, p-256, p-384 or p-521', 'rsa-2048')
    .option('--email <address>', 'e-mail address as an alternative name (repeatable)', collect, [])
    .option('--dns <name>', 'DNS name as an alternative name (repeatable)', collect, [])
    .option(
      '--ca <fingerprint>',
      'SHA-256 fingerprint of a CA that should issue it; what arrives is compared (repeatable)',
      collect,
      [],
    )
    .addHelpText(
      'after',
      examples('latchkey request "Ada Lovelace" -o ada.csr', 'latchkey request ci-runner --key p-256 --json'),
    )
    .action((commonName: string, options: Options) =>
      runner.run('request', options, 'keys', async (services) => {
        await requireOut(options)
        const summary = await services.identities.request(draftOf(commonName, options), {
          namedIssuers: parsed(NamedIssuers, { ca: options.ca.map(plainFingerprint) }).ca,
        })
        const { pem } = await services.identities.requestFile(summary.id)
        await writeOut(options, pem)
        const { id, name, keyCode, algorithm } = summary
        const text =
          options.out === undefined
            ? pem.trimEnd()
            : `The request is in ${options.out}. Your private key remains on this computer; send only this request.`
        return { exitCode: 0, json: { id, name, keyCode, algorithm, csr: pem }, text: `${text}\nKey code: ${keyCode}` }
      }),
    )
}

/** As the option is called, for the message where it is wrong. */
const NamedIssuers = z.strictObject({ ca: z.array(Sha256).max(MAX_SETUP_ISSUERS) })

const draftOf = (commonName: string, options: Options): RequestDraft =>
  parsed(RequestDraft, {
    subject: subjectOf(commonName, options),
    algorithm: options.key,
    emails: options.email,
    dnsNames: options.dns,
  })
