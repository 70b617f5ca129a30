import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openLocalDatabase } from '#electron/database/local'
import { Page } from '#shared/model/page'
import type { Install } from '#shared/model/store'
import { certificatesIn, keysIn } from './nss'

/** A person's computer in a folder: HOME with its browsers' certificates, and Latchkey's own folder. */
export interface Computer {
  folder: string
  home: string
  latchkey: string
  /** Its place in memory, where one-time files go; its own, so that two computers side by side see only their own. */
  runtime: string
}

export function newComputer(): Computer {
  return at(mkdtempSync(join(tmpdir(), 'latchkey-crash-')))
}

/** The same computer once more. Its keyring entry is found again, because the vault's id goes along. */
export function copyOf(computer: Computer): Computer {
  const copy = newComputer()
  cpSync(computer.folder, copy.folder, { recursive: true })
  return copy
}

export const discard = ({ folder }: Computer) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })

function at(folder: string): Computer {
  const inside = (name: string) => join(folder, name)
  const computer = { folder, home: inside('home'), latchkey: inside('latchkey'), runtime: inside('run') }
  mkdirSync(computer.home, { recursive: true })
  mkdirSync(computer.runtime, { recursive: true, mode: 0o700 })
  return computer
}

export interface CliRun {
  /** Null when it was killed. */
  code: number | null
  stdout: string
  stderr: string
  milliseconds: number
}

export interface CliOptions {
  /** Whoever runs it; only root can choose. */
  user?: number
  /** Ends the process there, as a power cut would: `kind:point`. */
  failPoint?: string
  /** SIGKILL after this many milliseconds. */
  killAfter?: number
  environment?: Record<string, string>
  /** On standard input, which is closed otherwise. */
  input?: string
  /** Shell commands that mount something for this run alone; only for root (`canMount`). */
  mounts?: string
}

const cli = join(process.cwd(), 'out', 'cli', 'latchkey.cjs')

/** The built terminal on one computer. */
export function runCli(computer: Computer, args: string[], options: CliOptions = {}): Promise<CliRun> {
  const started = performance.now()
  const command = [...mounting(options.mounts), process.execPath, cli, ...args]
  const child = spawn(command[0] ?? '', command.slice(1), {
    cwd: computer.folder,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
    env: { ...environmentOf(computer), ...failing(options.failPoint), ...options.environment },
  })
  const timer = options.killAfter === undefined ? null : setTimeout(() => child.kill('SIGKILL'), options.killAfter)
  child.stdin?.end(options.input)
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk))
  return new Promise((resolve) => {
    child.once('close', (code) => {
      if (timer !== null) clearTimeout(timer)
      const milliseconds = performance.now() - started
      resolve({ code, stdout: String(Buffer.concat(out)), stderr: String(Buffer.concat(err)), milliseconds })
    })
  })
}

const mounting = (mounts: string | undefined) =>
  mounts === undefined ? [] : ['unshare', '--mount', 'sh', '-ec', `${mounts}\nexec "$@"`, 'sh']

/** Not in every container. */
export const canMount = (): boolean =>
  process.platform === 'linux' &&
  spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()]).status === 0

const failing = (point: string | undefined) =>
  point === undefined ? {} : { LATCHKEY_TEST: '1', LATCHKEY_FAIL_POINT: point }

/** Data folders of the session would otherwise win over HOME. */
export function environmentOf({ home, latchkey, runtime }: Computer): NodeJS.ProcessEnv {
  const {
    XDG_CONFIG_HOME: _config,
    XDG_DATA_HOME: _data,
    NODE_OPTIONS: _options,
    LATCHKEY_HOME: _home,
    ...rest
  } = process.env
  return { ...rest, HOME: home, LATCHKEY_HOME: latchkey, XDG_RUNTIME_DIR: runtime }
}

/** Nothing is half-there: every claim of one place is borne out by the others. To be asked when no process runs. */
export async function assertConsistent({
  home,
  latchkey,
  runtime,
}: Computer): Promise<{ names: string[]; installed: number }> {
  const database = openLocalDatabase(latchkey)
  try {
    assert.deepEqual(await database.operations.unfinished(), [], 'unfinished operations')
    const { rows } = await database.identities.list(Page.parse({ limit: 1000 }))
    const withKey = rows.filter((row) => row.keyInVault).map((row) => row.id)
    assert.deepEqual(sealedIds(latchkey).sort(), [...withKey].sort(), 'sealed keys and records')
    for (const row of rows.filter((candidate) => candidate.certificate !== null)) {
      const found = await database.certificates.getMany(row.certificate === null ? [] : [row.certificate, ...row.chain])
      assert.equal(found.length, 1 + row.chain.length, 'certificates of a record')
    }
    const installs = (await Promise.all(rows.map((row) => database.installs.ofIdentity(row.id)))).flat()
    assertStore(home, installs)
    assert.deepEqual(leftovers(runtime), [], 'private folders of dead processes')
    return { names: rows.map((row) => row.name), installed: installs.length }
  } finally {
    await database.close()
  }
}

/** The records name exactly the certificates that are there, and each of their keys is there once. */
function assertStore(home: string, installs: Install[]): void {
  const keys = keysIn(home)
    .split('\n')
    .filter((line) => line.includes('Latchkey'))
  const certificates = certificatesIn(home)
    .split('\n')
    .filter((line) => line.includes('· Latchkey'))
  const recorded = installs.flatMap((install) => install.certificates)
  assert.equal(keys.length, installs.length, 'keys in the store')
  assert.equal(certificates.length, recorded.length, 'certificates in the store')
  // Issuers we brought along go with the last certificate that needed them.
  if (installs.length === 0) assert.doesNotMatch(certificatesIn(home), /Walkthrough/u)
}

function sealedIds(latchkey: string): string[] {
  const folder = join(latchkey, 'vault')
  if (!existsSync(folder)) return []
  return readdirSync(folder).flatMap((name) => /^private-key-(.+)\.sealed$/u.exec(name)?.[1] ?? [])
}

/** Folders with a one-time PKCS#12, whose maker is gone. */
const leftovers = (runtime: string): string[] =>
  readdirSync(runtime).filter((name) => /^latchkey-\d+-/u.test(name) && !isAlive(Number(name.split('-')[1])))

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** mulberry32: small, seeded, the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
