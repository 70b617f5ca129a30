import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { InspectedFile } from '#shared/model/details'
import { type Computer, discard, newComputer, runCli } from '../support/crash'
import { runPrinted } from '../support/printed'
import * as printed from '../support/printed-walkthroughs'
import { type Difference, differencesBetween, type Statements, statementsOf } from '../support/statements'
import { cfsslDifferences, type ExpectedDifference, opensslDifferences } from '../vectors/walkthrough-differences'

/** Cloudflare's walkthroughs, executed as printed, beside ours: the same objects, but for the differences of one table. */
let here: Computer
let folders: Record<'opensslTheirs' | 'opensslOurs' | 'opensslBlank' | 'cfsslTheirs' | 'cfsslOurs', string>

beforeAll(async () => {
  here = newComputer()
  folders = {
    opensslTheirs: folder('openssl-theirs'),
    opensslOurs: folder('openssl-ours'),
    opensslBlank: folder('openssl-blank'),
    cfsslTheirs: folder('cfssl-theirs', 'mtls-test'),
    cfsslOurs: folder('cfssl-ours', 'mtls-test'),
  }
  await Promise.all([theirs(), ours()])
})
afterAll(() => discard(here))

function folder(...names: string[]): string {
  const path = join(here.folder, ...names)
  mkdirSync(path, { recursive: true })
  return path
}

async function theirs(): Promise<void> {
  await printed.walkThroughOpenssl(folders.opensslTheirs)
  await printed.walkThroughBlank(folders.opensslTheirs, folders.opensslBlank)
  await printed.walkThroughCfssl(folders.cfsslTheirs)
}

async function ours(): Promise<void> {
  const { root, intermediate, client } = printed.opensslNames
  const openssl = (...args: string[]) => latchkey(folders.opensslOurs, ...args)
  await openssl('ca', 'init', root, ...printed.proposed, '-o', 'rootCA.pem')
  await openssl('ca', 'intermediate', intermediate, ...printed.proposed, '--issuer', root, '-o', 'ca-chain.pem')
  await openssl('request', client, ...printed.proposed, '-o', 'client.csr')
  await openssl('ca', 'issue', 'client.csr', '--issuer', intermediate, '--accept-subject', '-o', 'client.pem')

  await printed.writeCfsslFiles(folders.cfsslOurs)
  const gencert = (...args: string[]) => latchkey(folders.cfsslOurs, 'cfssl', 'gencert', ...args)
  await gencert('-initca', 'ca-csr.json')
  await gencert('-ca=ca.pem', '-ca-key=ca-key.pem', '-config=ca-config.json', '-profile=client', 'client-csr.json')
}

const runIn = (where: string, args: string[]) =>
  runCli({ ...here, folder: where }, args, { environment: { LATCHKEY_CA_PASSPHRASE: 'correct horse' } })

async function latchkey(where: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runIn(where, args)
  expect(code, args.join(' ') + stdout + stderr).toBe(0)
  return stdout
}

/** What the files in a folder say; of those that are not named, only that they are there. */
async function said(where: string, names: string[]): Promise<Map<string, Statements>> {
  const answer: unknown = JSON.parse(await latchkey(where, 'inspect', ...names, '--json'))
  const { files } = z.looseObject({ files: z.array(InspectedFile) }).parse(answer)
  const there = readdirSync(where).map((name): [string, Statements] => [name, new Map([['file', 'there']])])
  return new Map([...there, ...statementsOf(where, files)])
}

const expected = (table: ExpectedDifference[]): Difference[] =>
  table.flatMap(({ objects, field, theirs, ours }) => objects.map((object) => ({ object, field, theirs, ours })))

const inOrder = (differences: Difference[]) =>
  [...differences].sort((one, other) => `${one.object} ${one.field}`.localeCompare(`${other.object} ${other.field}`))

describe('the OpenSSL walkthrough', () => {
  /** In which orders of the chain file the client's certificate verifies. */
  async function orders(where: string): Promise<boolean[]> {
    const chain = readFileSync(join(where, 'ca-chain.pem'), 'utf8')
    const turned = chain.split(/(?<=-----END CERTIFICATE-----\n)/u).reverse()
    writeFileSync(join(here.folder, 'turned.pem'), turned.join(''))
    const verify = (file: string) =>
      runPrinted(where, `openssl verify -CAfile ${file} client.pem`).then(
        (output) => output === 'client.pem: OK\n',
        () => false,
      )
    return [await verify('ca-chain.pem'), await verify('../turned.pem')]
  }

  it('verifies in both orders of the chain file, theirs and ours', async () => {
    expect(await orders(folders.opensslTheirs)).toEqual([true, true])
    expect(await orders(folders.opensslOurs)).toEqual([true, true])
  })

  it('makes the same objects, but for the listed differences', async () => {
    const names = ['rootCA.pem', 'ca-chain.pem', 'client.csr', 'client.pem']
    const [theirs, ours] = [await said(folders.opensslTheirs, names), await said(folders.opensslOurs, names)]

    const blank = 'with the optional fields of the issuers left blank'
    const verified = (await orders(folders.opensslBlank)).filter((isFine) => isFine).length
    theirs
      .get('ca-chain.pem')
      ?.set(blank, `verifies client.pem in ${verified === 1 ? 'one order only' : 'both orders'}`)
    const { root } = printed.opensslNames
    const same = ['ca', 'intermediate', root, ...printed.proposed, '--issuer', root, '--key', 'p-256']
    ours.get('ca-chain.pem')?.set(blank, (await runIn(here.folder, same)).code === 2 ? 'cannot be made' : 'can be made')

    expect(inOrder(differencesBetween(theirs, ours))).toEqual(inOrder(expected(opensslDifferences)))
  })
})

describe('the cfssl walkthrough', () => {
  const serialIn = async (where: string) =>
    (await runPrinted(where, 'openssl x509 -in client.pem -noout -serial')).trim().replace('serial=', '')
  const revokedIn = async (where: string) =>
    /Serial Number: (\S+)/u.exec(await runPrinted(where, 'openssl crl -inform DER -in ca.crl -noout -text'))?.[1]

  /** As printed, but for saying that it is hex; what it prints goes through a pipe, and nothing else does. */
  async function revokeWithOurs(serial: string): Promise<void> {
    writeFileSync(join(folders.cfsslOurs, 'serials.txt'), `${serial}\n`)
    const files = ['serials.txt', '../mtls-test/ca.pem', '../mtls-test/ca-key.pem']
    const how = ['--serials', 'hex', '--form', 'base64']
    const base64 = await latchkey(folders.cfsslOurs, 'cfssl', 'gencrl', ...files, ...how)
    expect(base64).toMatch(/^[A-Za-z0-9+/]+=*\n$/u)
    writeFileSync(join(folders.cfsslOurs, 'ca.crl'), Buffer.from(base64, 'base64'))
  }

  it('makes the same objects, but for the listed differences', async () => {
    const [their, our] = [await serialIn(folders.cfsslTheirs), await serialIn(folders.cfsslOurs)]
    await printed.revokeWithCfssl(folders.cfsslTheirs, their)
    const theirHex = await revokedIn(folders.cfsslTheirs)
    // Once more as cfssl reads it, so that there are two lists to compare.
    await printed.revokeWithCfssl(folders.cfsslTheirs, String(BigInt(`0x${their}`)))
    expect(await revokedIn(folders.cfsslTheirs)).toBe(their)
    await revokeWithOurs(our)

    const names = ['ca.pem', 'ca-key.pem', 'ca.csr', 'client.pem', 'client-key.pem', 'client.csr', 'ca.crl']
    const [theirs, ours] = [await said(folders.cfsslTheirs, names), await said(folders.cfsslOurs, names)]
    const revokes = 'revokes, with the serial number in hex'
    const whose = (revoked: string | undefined, own: string) =>
      revoked === own ? 'James Royal' : 'somebody else or nobody'
    theirs.get('ca.crl')?.set(revokes, whose(theirHex, their))
    ours.get('ca.crl')?.set(revokes, whose(await revokedIn(folders.cfsslOurs), our))

    expect(inOrder(differencesBetween(theirs, ours))).toEqual(inOrder(expected(cfsslDifferences)))
  })

  it('verifies, for clients, until it is revoked, theirs and ours', async () => {
    for (const where of [folders.cfsslTheirs, folders.cfsslOurs]) {
      const verify = 'openssl verify -purpose sslclient -CAfile ca.pem'
      expect(await runPrinted(where, `${verify} client.pem`)).toBe('client.pem: OK\n')
      const revoked = runPrinted(where, `${verify} -crl_check -CRLfile ca.crl client.pem`)
      await expect(revoked).rejects.toThrow(/certificate revoked/u)
    }
  })
})
