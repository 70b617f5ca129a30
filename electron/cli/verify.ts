import type { Command } from 'commander'
import { z } from 'zod'
import { AppError } from '#shared/errors'
import { formatIsoTime } from '#shared/logic/formatting'
import { certificateName } from '#shared/logic/naming'
import { noteWords, pathWords } from '#shared/logic/path-words'
import type { PathReason, PathVerdict } from '#shared/model/path'
import { readFiles } from './input-files'
import { collect, examples, withJson, withPassword } from './options'
import type { CommonOptions, Runner } from './runner'
import { withPasswordWhenNeeded } from './secrets'

interface Options extends CommonOptions {
  chain: string[]
  crl: string[]
  roots?: string[]
  at?: string
  requireCrl?: boolean
  passwordFile?: string
}

export function addVerify(program: Command, runner: Runner): void {
  withPassword(withJson(program.command('verify')))
    .summary('check whether a certificate is valid for client authentication, and list every reason why not')
    .argument('<file>', 'the certificate, in any format; issuers and CRLs in the same file are used')
    .option('--chain <file>', 'certificates of its issuers, in any order (repeatable)', collect, [])
    .option('--crl <file>', 'revocation lists of its issuers (repeatable)', collect, [])
    .option('--roots <file>', 'trust anchors, instead of the self-signed certificates given (repeatable)', collectSome)
    .option('--at <date>', 'check for this time instead of now: 2027-01-01 or 2027-01-01T12:00:00Z')
    .option('--require-crl', 'require a current CRL of every issuer')
    .addHelpText(
      'after',
      examples(
        'latchkey verify client.pem --chain ca-chain.pem',
        'latchkey verify client.pem --chain ca-chain.pem --crl ca.crl --at 2027-01-01 --json',
      ),
    )
    .action((path: string, options: Options) =>
      runner.run('verify', options, 'nothing', async (services) => {
        const at = options.at === undefined ? null : momentOf(options.at)
        const [file] = await readFiles([path])
        if (file === undefined) throw new AppError('invalid-input', 'Specify a file.')
        const given = {
          file,
          others: await readFiles([...options.chain, ...options.crl]),
          roots: options.roots === undefined ? null : await readFiles(options.roots),
          at,
          revocation: options.requireCrl === true ? ('required' as const) : ('given' as const),
        }
        const verdict = await withPasswordWhenNeeded(options, (password) => services.verify({ ...given, password }))
        return { exitCode: verdict.valid ? 0 : 1, json: verdictAsJson(verdict), text: asText(verdict) }
      }),
    )
}

const collectSome = (value: string, all: string[] | undefined) => collect(value, all ?? [])

/** A date without a time means midnight UTC. */
function momentOf(text: string): Date {
  const parsed = z.union([z.iso.date(), z.iso.datetime({ offset: true })]).safeParse(text)
  if (!parsed.success)
    throw new AppError('invalid-input', `“${text}” is not a date. Expected, for example, 2027-01-01.`)
  return new Date(parsed.data)
}

/** The verdict as `verify` prints it; other commands carry it as `verdict`. */
export function verdictAsJson({ valid, at, path, reasons, notes }: PathVerdict) {
  return {
    valid,
    at,
    path,
    reasons: reasons.map((reason) => ({ ...reason, ...pathWords(reason) })),
    notes: notes.map((note) => ({ ...note, sentence: noteWords(note) })),
  }
}

function asText({ valid, at, path, reasons, notes }: PathVerdict): string {
  const names = path.map(certificateName)
  return [
    `“${names[0] ?? ''}” is ${valid ? '' : 'NOT '}valid for client authentication (${formatIsoTime(at)}).`,
    `  ${names.join('\n    issued by ')}`,
    ...reasons.map((reason) => {
      const { sentence, remedy } = pathWords(reason)
      return `✗ ${sentence}\n${factOf(reason)}\n    ${remedy}`
    }),
    ...notes.map((note) => `· ${noteWords(note)}\n${factOf(note)}`),
  ].join('\n')
}

const factOf = ({ evidence, rule, source }: PathReason) => `    ${evidence} (${rule}; ${source})`
