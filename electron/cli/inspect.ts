import type { Command } from 'commander'
import { secretIn } from '#electron/platform/environment'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { isAppError } from '#shared/errors'
import { kindWords } from '#shared/logic/file-words'
import { neutralise } from '#shared/logic/neutralise'
import { messages } from '#shared/messages'
import { type InspectedFile, InspectFailure, type ObjectDetails } from '#shared/model/details'
import { readFiles } from './input-files'
import { examples, withJson, withPassword } from './options'
import type { CommonOptions, Runner } from './runner'
import { readSecret, type SecretOptions } from './secrets'

interface Options extends CommonOptions {
  passwordFile?: string
  full?: boolean
}

export function addInspect(program: Command, runner: Runner): void {
  withPassword(withJson(program.command('inspect')))
    .summary('show what files contain; nothing is stored')
    .argument('<files...>', 'certificates, requests, keys, CRLs, .p7b, .p12, in any format')
    .option('--full', 'show every field of every object')
    .addHelpText(
      'after',
      examples('latchkey inspect client.pem', 'latchkey inspect bundle.p12 --password-file pw.txt --json'),
    )
    .action((paths: string[], options: Options) =>
      runner.run('inspect', options, 'nothing', async (services) => {
        const { files, missing } = await readAvailableFiles(paths)
        let inspected = await services.inspect.all(files, await givenPassword(options))
        if (inspected.some(needsPassword)) {
          const secret: SecretOptions = {
            file: options.passwordFile,
            variable: 'LATCHKEY_PASSWORD',
            question: 'Password: ',
          }
          const password = await readSecret(secret)
          if (password !== null) inspected = await services.inspect.all(files, password)
        }
        const all = [...inspected, ...missing]
        const readable = all.every(({ failures }) => failures.length === 0)
        const text = all.map((file) => describe(file, options.full === true)).join('\n\n')
        return { exitCode: readable ? 0 : 1, json: { files: all }, text }
      }),
    )
}

/** A file that is missing or too large is reported next to the others and does not stop the command. */
async function readAvailableFiles(paths: string[]) {
  const files: IncomingFile[] = []
  const missing: InspectedFile[] = []
  for (const path of paths) {
    try {
      files.push(...(await readFiles([path])))
    } catch (error) {
      if (!isAppError(error)) throw error
      const failure = InspectFailure.parse({ where: '', code: error.code, detail: error.detail })
      missing.push({ name: neutralise(path), format: null, objects: [], pairs: [], failures: [failure], notes: [] })
    }
  }
  return { files, missing }
}

const needsPassword = ({ failures }: InspectedFile) => failures.some(({ code }) => code === 'password-needed')

/** The password from the option or the environment. There is no prompt until a password is known to be needed. */
async function givenPassword({ passwordFile }: Options): Promise<string | null> {
  if (passwordFile === undefined && secretIn('LATCHKEY_PASSWORD') === null) return null
  return readSecret({ file: passwordFile, variable: 'LATCHKEY_PASSWORD', question: '' })
}

function describe(file: InspectedFile, full: boolean): string {
  const paired = new Set(file.pairs.map(({ key }) => key))
  const objects = file.objects.map((object, index) => describeObject(object, full, paired.has(index)))
  const notes = file.notes.map((note) => `  ${note}`)
  const failures = file.failures.map(describeFailure)
  return [`${file.name}: ${file.format ?? 'not readable'}`, ...objects, ...notes, ...failures].join('\n')
}

/** The fields shown without `--full`. */
const shortFields = new Set([
  'subject.organization',
  'issuer.commonName',
  'issuer.organization',
  'notBefore',
  'notAfter',
  'serial',
  'publicKey.algorithm',
  'publicKey.code',
  'extension.2.5.29.17',
  'extension.2.5.29.19',
  'extension.2.5.29.37',
  'signature.algorithm',
  'thisUpdate',
  'nextUpdate',
  'entries',
])

function describeObject(object: ObjectDetails, full: boolean, isPaired: boolean): string {
  const fields = object.groups.flatMap(({ title, fields: own }) =>
    own.filter(({ id }) => full || shortFields.has(id)).map((field) => ({ ...field, group: title })),
  )
  return [
    `  ${kindWords[object.kind]} ${object.title}${isPaired ? ', belongs to a certificate in this file' : ''}`,
    ...fields.map(({ group, label, value, critical }) =>
      line(`${group === label ? label : `${group}: ${label}`}${critical === true ? ' (critical)' : ''}`, value),
    ),
    line('SHA-256', object.fingerprints.sha256),
    ...object.oddities.map((oddity) => `    ! ${oddity}`),
  ].join('\n')
}

function line(label: string, value: string): string {
  const [first = '', ...more] = value.split('\n')
  return [`    ${label.padEnd(34)} ${first}`, ...more.map((rest) => `${' '.repeat(39)}${rest}`)].join('\n')
}

function describeFailure({ where, code, detail }: InspectFailure): string {
  const { title, remedy } = messages[code]
  const place = where === '' ? '' : `${where}: `
  return `  ${place}${title}${detail === null ? '' : ` (${detail})`}\n    ${remedy}`
}
