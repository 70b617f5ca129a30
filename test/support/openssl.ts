import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A temporary folder in which the openssl command line works. */
export interface Workshop {
  folder: string
  path(name: string): string
  read(name: string): Promise<Buffer>
  write(name: string, content: string | Uint8Array): Promise<string>
  /** Runs openssl in the folder; resolves with its standard output, rejects with its standard error. */
  openssl(...args: string[]): Promise<string>
  run(command: string, args: string[]): Promise<string>
  remove(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-openssl-'))
  const path = (name: string) => join(folder, name)
  const run = (command: string, args: string[]) => execute(command, args, folder)
  return {
    folder,
    path,
    read: (name) => readFile(path(name)),
    async write(name, content) {
      await writeFile(path(name), content)
      return path(name)
    },
    openssl: (...args) => run('openssl', args),
    run,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function execute(command: string, args: string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd: folder, timeout: 60_000, maxBuffer: 16 * 1024 * 1024 }
    const child = execFile(command, args, options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${command} ${args.join(' ')}: ${stderr}`, { cause: error }))
    })
    // A program that asks a question gets no answer instead of waiting for one.
    child.stdin?.end()
  })
}

/** The extension file of the walkthrough, to the letter. */
export const intermediateExtensions = `subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid:always,issuer
basicConstraints = critical, CA:true
keyUsage = critical, cRLSign, keyCertSign
`

export const keyPassword = 'walkthrough-password'

export interface WalkthroughOptions {
  /** The walkthrough's "you can leave the optional fields blank": root and intermediate then have the same name. */
  blankNames?: boolean
}

export interface Walkthrough extends Workshop {
  /** Signs a request (PEM) as the walkthrough does; the certificate (PEM) is X.509 v1, without extensions. */
  issue(requestPem: string | Uint8Array, days?: number): Promise<string>
  /** intermediate.pem, then rootCA.pem. */
  chainPem: string
  rootPem: string
  intermediatePem: string
  clientPem: string
  clientKeyPem: string
}

/**
 * Cloudflare's OpenSSL walkthrough in a hurry, for tests that need its files: rootCA.key/.pem, intermediate.key/.csr/.pem,
 * ca-chain.pem, client.key/.csr/.pem. Keys are shorter, and answers that a person would type are given as `-subj` and
 * `-passin`; as it is printed, it stands in `printed-walkthroughs.ts`.
 */
export async function walkThrough(options: WalkthroughOptions = {}): Promise<Walkthrough> {
  const { blankNames = false } = options
  const workshop = await openWorkshop()
  const { openssl, read, write } = workshop
  const blank = '/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd'
  const password = ['-passin', `pass:${keyPassword}`]
  const newKey = (name: string) => openssl('genrsa', '-aes256', '-passout', `pass:${keyPassword}`, '-out', name, '2048')

  await newKey('rootCA.key')
  const rootName = blankNames ? blank : '/O=Walkthrough/CN=Walkthrough Root'
  const root = ['-key', 'rootCA.key', '-sha256', '-days', '3650', '-out', 'rootCA.pem', '-subj', rootName]
  await openssl('req', '-x509', '-new', '-nodes', ...root, ...password)

  await newKey('intermediate.key')
  const intermediateName = blankNames ? blank : '/O=Walkthrough/CN=Walkthrough Intermediate'
  const request = ['-sha256', '-key', 'intermediate.key', '-out', 'intermediate.csr', '-subj', intermediateName]
  await openssl('req', '-new', ...request, ...password)
  await write('v3_intermediate_ca.ext', intermediateExtensions)
  await sign(workshop, 'intermediate', 'rootCA', 1825, ['-extfile', 'v3_intermediate_ca.ext'])
  await write('ca-chain.pem', Buffer.concat([await read('intermediate.pem'), await read('rootCA.pem')]))

  await openssl('genrsa', '-out', 'client.key', '2048')
  await openssl('req', '-new', '-key', 'client.key', '-out', 'client.csr', '-subj', '/CN=John Doe')
  await sign(workshop, 'client', 'intermediate', 365)

  const text = async (name: string) => (await read(name)).toString('utf8')
  let issued = 0
  return {
    ...workshop,
    async issue(requestPem, days = 365) {
      issued += 1
      const name = `issued-${issued}`
      await write(`${name}.csr`, requestPem)
      await sign(workshop, name, 'intermediate', days)
      return text(`${name}.pem`)
    },
    chainPem: await text('ca-chain.pem'),
    rootPem: await text('rootCA.pem'),
    intermediatePem: await text('intermediate.pem'),
    clientPem: await text('client.pem'),
    clientKeyPem: await text('client.key'),
  }
}

function sign(workshop: Workshop, name: string, issuer: string, days: number, more: string[] = []): Promise<string> {
  const files = ['-in', `${name}.csr`, '-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-out', `${name}.pem`]
  const rest = ['-CAcreateserial', '-days', String(days), '-sha256', '-passin', `pass:${keyPassword}`, ...more]
  return workshop.openssl('x509', '-req', ...files, ...rest)
}
