import type { Command } from 'commander'
import { AppError } from '#shared/errors'
import { formatDateTime, plainFingerprint } from '#shared/logic/formatting'
import { setupFileWords } from '#shared/logic/setup-file'
import { KeyCode } from '#shared/model/key'
import { type SetupContent, SetupDraft, type SetupReview } from '#shared/model/setup-file'
import { readFiles } from './input-files'
import { collect, examples, withJson, withPassphrase } from './options'
import { type OutOptions, requireOut, withOut, writeOut } from './output-files'
import type { CommonOptions, Runner } from './runner'
import { parsed } from './subject'

interface MakeOptions extends CommonOptions, OutOptions {
  site: string[]
  cn?: string
  key?: string
  contact?: string
  ca: string[]
}

interface UseOptions extends CommonOptions {
  code?: string
}

/** What an administrator gives to people: `make` and `key` for the one, `show` and `use` for the others. */
export function addSetupFile(program: Command, runner: Runner): void {
  const group = program
    .command('setup-file')
    .summary('make a file that adds sites and fills in a request for other people, or use one')
    .description(
      'A set-up file (.latchkey) adds sites and fills in a request. It is signed, and can say nothing else: it sets no trust, no proxy and no key.',
    )
  addMake(group, runner)
  addKey(group, runner)
  addShow(group, runner)
  addUse(group, runner)
}

function addMake(group: Command, runner: Runner): void {
  withOut(
    withPassphrase(withJson(group.command('make'))),
    'output file, usually with the ending .latchkey (default: print)',
  )
    .summary('make and sign a set-up file')
    .argument('<from>', 'who it is from, as people will read it')
    .option('--site <address>', 'a site to add (repeatable)', collect, [])
    .option('--cn <pattern>', 'the Common Name to fill in; “{name}” stands for the person’s full name')
    .option('--key <type>', 'rsa-2048, rsa-3072, rsa-4096, p-256, p-384 or p-521')
    .option('--contact <text>', 'where the request goes, for example an e-mail address')
    .option('--ca <fingerprint>', 'SHA-256 fingerprint of a CA that signs the certificates (repeatable)', collect, [])
    .addHelpText(
      'after',
      examples(
        'latchkey setup-file make "Acme IT" --site https://admin.example.com --contact it@example.com -o acme.latchkey',
      ),
    )
    .action((from: string, options: MakeOptions) =>
      runner.run('setup-file make', options, 'keys', async ({ setupFiles }) => {
        await requireOut(options)
        const draft = parsed(SetupDraft, {
          from,
          sites: options.site,
          commonName: options.cn ?? null,
          keyType: options.key ?? null,
          contact: options.contact ?? null,
          issuers: options.ca.map(plainFingerprint),
        })
        const { content, key, text, link } = await setupFiles.make(draft)
        await writeOut(options, text)
        const isPrinted = options.out === undefined
        return {
          exitCode: 0,
          json: { setup: content, key, link, ...(isPrinted ? { content: text } : { file: options.out }) },
          text: isPrinted
            ? text.trimEnd()
            : `${options.out}\nCode to compare: ${key.code}\nLink: ${link ?? setupFileWords.noLink}`,
        }
      }),
    )
}

function addKey(group: Command, runner: Runner): void {
  withPassphrase(withJson(group.command('key')))
    .summary('print the key that signs set-up files here: its code to compare, its fingerprint to pin')
    .addHelpText('after', examples('latchkey setup-file key'))
    .action((options: CommonOptions) =>
      runner.run('setup-file key', options, 'keys', async ({ setupFiles }) => {
        const key = await setupFiles.key()
        return { exitCode: 0, json: { key }, text: `Code to compare: ${key.code}\nSHA-256: ${key.sha256}` }
      }),
    )
}

function addShow(group: Command, runner: Runner): void {
  withPassphrase(withJson(group.command('show')))
    .summary('show what a set-up file says and who signed it, without using it')
    .argument('<file>', 'the set-up file, or a link in quotation marks')
    .addHelpText('after', examples('latchkey setup-file show acme.latchkey'))
    .action((file: string, options: CommonOptions) =>
      runner.run('setup-file show', options, 'journal', async ({ setupFiles }) => {
        const { content, key, standing, known } = await setupFiles.review(await bytesOf(file))
        return {
          exitCode: 0,
          json: { setup: content, key, standing, known },
          text: textOf({ content, key, standing, known }),
        }
      }),
    )
}

function addUse(group: Command, runner: Runner): void {
  withPassphrase(withJson(group.command('use')))
    .summary('add the sites of a set-up file, and print what the request should contain')
    .argument('<file>', 'the set-up file, or a link in quotation marks')
    .option('--code <code>', 'the code that your administrator told you, where the file is not verified yet')
    .addHelpText('after', examples('latchkey setup-file use acme.latchkey --code K7QD-2M5A-XWPL-3ROB'))
    .action((file: string, options: UseOptions) =>
      runner.run('setup-file use', options, 'keys', async ({ setupFiles }) => {
        const code = options.code === undefined ? null : codeFrom(options.code)
        const { content, key, known } = await setupFiles.use(await bytesOf(file), code)
        const added = content.sites.filter((site) => !known.includes(site))
        return {
          exitCode: 0,
          json: { setup: content, key, added },
          text: [...added.map((site) => `Added: ${site}`), ...requestLines(content)].join('\n'),
        }
      }),
    )
}

const codeFrom = (typed: string): KeyCode => {
  const code = KeyCode.safeParse(typed.trim().toUpperCase())
  if (code.success) return code.data
  throw new AppError('invalid-input', `“${typed}” is not a code. Expected, for example, K7QD-2M5A-XWPL-3ROB.`)
}

async function bytesOf(file: string): Promise<Uint8Array> {
  if (/^latchkey:/u.test(file)) return Buffer.from(file)
  const [read] = await readFiles([file])
  return read?.bytes ?? new Uint8Array()
}

function textOf({ content, key, standing, known }: SetupReview): string {
  const sites = content.sites.map((site) => `Site: ${site}${known.includes(site) ? ' (in your list already)' : ''}`)
  return [
    `From: ${content.from}, ${formatDateTime(content.madeAt)}`,
    `${setupFileWords[standing]} Code: ${key.code}`,
    ...sites,
    ...requestLines(content),
  ].join('\n')
}

const requestLines = ({ commonName, keyType, contact, issuers }: SetupContent): string[] => [
  ...(commonName === null ? [] : [`Common Name: ${commonName}`]),
  ...(keyType === null ? [] : [`Key type: ${keyType}`]),
  ...(contact === null ? [] : [`Send the request to: ${contact}`]),
  ...issuers.map((sha256) => `Issuer (CA), SHA-256: ${sha256}`),
]
