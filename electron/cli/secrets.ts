import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { Writable } from 'node:stream'
import { type SecretVariable, secretIn } from '#electron/platform/environment'
import { codeOf } from '#electron/platform/error-code'
import { AppError, isAppError } from '#shared/errors'

export interface SecretOptions {
  /** `--password-file` or `--passphrase-file`; only its first line is read, without the line break. `-`: standard input. */
  file: string | undefined
  /** The environment variable that is read if there is no file. */
  variable: SecretVariable
  question: string
}

/**
 * A password from a file, the environment or a prompt that does not echo; never from an argument, which `ps` would show.
 * The environment gives it as it is, so that one with a line break in it can be given, too.
 */
export async function readSecret({ file, variable, question }: SecretOptions): Promise<string | null> {
  if (file === '-') return fromInput(question)
  if (file !== undefined) return firstLine(file)
  const fromEnvironment = secretIn(variable)
  if (fromEnvironment !== null) return fromEnvironment
  return process.stdin.isTTY ? ask(question) : null
}

/** As `readSecret`; a prompt asks twice, since a slip would make whatever it protects unreadable. */
export async function readNewSecret(options: SecretOptions): Promise<string | null> {
  const first = await readSecret(options)
  const isTyped = options.file === undefined && secretIn(options.variable) === null && process.stdin.isTTY
  if (!isTyped || first === null) return first
  if ((await ask('The same once more: ')) !== first)
    throw new AppError('invalid-input', 'The two entries are not the same.')
  return first
}

/** Adds to a `passphrase-weak` error which passphrase is meant, since a command may take several. */
export async function namingWeak<T>(whose: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (error) {
    if (!isAppError(error, 'passphrase-weak')) throw error
    throw new AppError('passphrase-weak', whose, { cause: error })
  }
}

/**
 * The passphrase in a file as 0.1.0 read it, with the byte order mark in it; null where that makes no difference. Vaults that
 * were made with such a file open with it alone.
 */
export async function passphraseWithMark(file: string | undefined): Promise<string | null> {
  if (file === undefined) return null
  const [now, before] = [await firstLine(file), await firstLine(file, (bytes) => bytes.toString('utf8'))]
  return now === before ? null : before
}

async function firstLine(path: string, decode: (bytes: Buffer) => string = decodeText): Promise<string> {
  try {
    return lineOf(decode(await readFile(path)))
  } catch (error) {
    throw new AppError('file-unreadable', codeOf(error))
  }
}

/**
 * UTF-8; or UTF-16 as PowerShell's `>` writes it, of which the byte order mark tells, or the zeros of its first character.
 * The mark is no part of the text. Not as `pki/containers/text/decode.ts`, which reads other bytes as Windows-1252 and looks
 * for UTF-16 in longer texts only: the passphrases of existing vaults are what this made of their files.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes
  const isLittle = (first === 0xff && second === 0xfe) || second === 0
  const isBig = (first === 0xfe && second === 0xff) || first === 0
  if (isLittle) return new TextDecoder('utf-16le').decode(bytes)
  return new TextDecoder(isBig ? 'utf-16be' : 'utf-8').decode(bytes)
}

function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, callback) => callback() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  return new Promise((resolve) => {
    terminal.question('', (answer) => {
      terminal.close()
      process.stderr.write('\n')
      resolve(answer)
    })
  })
}

/** Uses the password from the option or the environment. Without one, prompts only if `act` fails with `password-needed`. */
export async function withPasswordWhenNeeded<T>(
  { passwordFile }: { passwordFile?: string },
  act: (password: string | null) => Promise<T>,
  question = 'Password: ',
): Promise<T> {
  const secret: SecretOptions = { file: passwordFile, variable: 'LATCHKEY_PASSWORD', question }
  const isGiven = passwordFile !== undefined || secretIn('LATCHKEY_PASSWORD') !== null
  try {
    return await act(isGiven ? await readSecret(secret) : null)
  } catch (error) {
    if (!isAppError(error, 'password-needed') || isGiven) throw error
    return act(await readSecret(secret))
  }
}

/** The authentication key of a cfssl signer. Null if none is given: there is no prompt, since most signers need none. */
export async function signerKey({ authKeyFile }: { authKeyFile?: string }): Promise<string | null> {
  if (authKeyFile === undefined && secretIn('LATCHKEY_CFSSL_KEY') === null) return null
  return readSecret({ file: authKeyFile, variable: 'LATCHKEY_CFSSL_KEY', question: '' })
}

/**
 * An API token for Cloudflare from a file, from standard input (`-`, which asks in a terminal) or from the environment; null
 * if none is given.
 */
export async function apiToken({ tokenFile }: { tokenFile?: string }): Promise<string | null> {
  if (tokenFile === '-') return fromInput('API token: ')
  return tokenFile === undefined ? secretIn('CLOUDFLARE_API_TOKEN') : firstLine(tokenFile)
}

/** Asks in a terminal. */
const fromInput = async (question: string): Promise<string> =>
  process.stdin.isTTY ? ask(question) : lineOf(decodeText(await all(process.stdin)))

async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

const lineOf = (text: string): string => text.split(/\r?\n/u)[0] ?? ''
