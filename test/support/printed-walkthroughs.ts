import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { intermediateExtensions } from './openssl'
import { runPrinted } from './printed'

/** Cloudflare's two walkthroughs, command by command as they are printed, with the keys as long as they are there. */

const passwords = { root: 'the word of the root', intermediate: 'the word below it' }
const twice = (password: string) => [password, password]

/** Country to organisational unit stay as openssl proposes them; then come the Common Name and no e-mail address. */
const fields = (commonName: string) => ['', '', '', '', '', commonName, '']
/** A request is asked for a challenge password and another company name as well. */
const requestFields = (commonName: string) => [...fields(commonName), '', '']

/** What openssl proposes for the fields that are left blank, as options of ours. */
export const proposed = ['--country', 'AU', '--state', 'Some-State', '--organization', 'Internet Widgits Pty Ltd']
export const opensslNames = { root: 'Walkthrough Root', intermediate: 'Walkthrough Intermediate', client: 'John Doe' }

export async function walkThroughOpenssl(folder: string): Promise<void> {
  await makeKeys(folder)
  await certify(folder, opensslNames)
}

/** Once more with the same keys, and the optional fields of the issuers left blank, as the walkthrough allows. */
export async function walkThroughBlank(named: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const key of ['rootCA.key', 'intermediate.key', 'client.key']) await cp(join(named, key), join(folder, key))
  await certify(folder, { root: '', intermediate: '', client: opensslNames.client })
}

async function makeKeys(folder: string): Promise<void> {
  await Promise.all([
    runPrinted(folder, 'openssl genrsa -aes256 -out rootCA.key 4096', twice(passwords.root)),
    runPrinted(folder, 'openssl genrsa -aes256 -out intermediate.key 4096', twice(passwords.intermediate)),
    runPrinted(folder, 'openssl genrsa -out client.key 2048'),
  ])
}

async function certify(folder: string, names: typeof opensslNames): Promise<void> {
  const run = (command: string, answers: string[]) => runPrinted(folder, command, answers)
  await run('openssl req -x509 -new -nodes -key rootCA.key -sha256 -days 3650 -out rootCA.pem', [
    passwords.root,
    ...fields(names.root),
  ])
  await run('openssl req -new -sha256 -key intermediate.key -out intermediate.csr', [
    passwords.intermediate,
    ...requestFields(names.intermediate),
  ])
  await writeFile(join(folder, 'v3_intermediate_ca.ext'), intermediateExtensions)
  await run(
    'openssl x509 -req -in intermediate.csr -CA rootCA.pem -CAkey rootCA.key -CAcreateserial -out intermediate.pem -days 1825 -sha256 -extfile v3_intermediate_ca.ext',
    [passwords.root],
  )
  await run('cat intermediate.pem rootCA.pem > ca-chain.pem', [])
  await run('openssl req -new -key client.key -out client.csr', requestFields(names.client))
  await run(
    'openssl x509 -req -in client.csr -CA intermediate.pem -CAkey intermediate.key -CAcreateserial -out client.pem -days 365 -sha256',
    [passwords.intermediate],
  )
}

/** What the walkthrough has in its JSON files. */
const cfsslFiles: Record<string, unknown> = {
  'ca-csr.json': {
    CN: 'Access Testing CA',
    key: { algo: 'rsa', size: 4096 },
    names: [{ C: 'US', L: 'Austin', O: 'Access Testing', OU: 'TX', ST: 'Texas' }],
  },
  'ca-config.json': {
    signing: {
      default: { expiry: '8760h' },
      profiles: {
        server: { usages: ['signing', 'key encipherment', 'server auth'], expiry: '8760h' },
        client: { usages: ['signing', 'key encipherment', 'client auth'], expiry: '8760h' },
      },
    },
  },
  'client-csr.json': {
    CN: 'James Royal',
    hosts: [''],
    key: { algo: 'rsa', size: 4096 },
    names: [{ C: 'US', L: 'Austin', O: 'Access', OU: 'Access Admins', ST: 'Texas' }],
  },
}

export async function writeCfsslFiles(folder: string): Promise<void> {
  for (const [name, content] of Object.entries(cfsslFiles))
    await writeFile(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
}

/** `folder` has to be called mtls-test, because the last command says so. */
export async function walkThroughCfssl(folder: string): Promise<void> {
  await writeCfsslFiles(folder)
  await runPrinted(folder, 'cfssl gencert -initca ca-csr.json | cfssljson -bare ca')
  await runPrinted(
    folder,
    'cfssl gencert -ca=ca.pem -ca-key=ca-key.pem -config=ca-config.json -profile=client client-csr.json | cfssljson -bare client',
  )
}

/** The list of revoked certificates, from one serial number as it is written in serials.txt. */
export async function revokeWithCfssl(folder: string, serial: string): Promise<void> {
  await writeFile(join(folder, 'serials.txt'), `${serial}\n`)
  await runPrinted(folder, 'cfssl gencrl serials.txt ../mtls-test/ca.pem ../mtls-test/ca-key.pem | base64 -D > ca.crl')
}
