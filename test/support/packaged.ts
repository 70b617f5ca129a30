import { spawn, spawnSync } from 'node:child_process'
import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { z } from 'zod'

/** What a package is built with, besides: options of electron-builder, and variables. */
interface PackageOptions {
  options?: string[]
  environment?: Record<string, string>
}

/**
 * Packages this clone into `folder`; returns the executable. `npm test` names a place for one package of all its suites, of which
 * each gets a copy.
 */
export function packageInto(folder: string, options?: PackageOptions): string {
  const shared = process.env['LATCHKEY_TEST_PACKAGE']
  if (shared === undefined || options !== undefined) makePackage(folder, options)
  else {
    // Whoever comes first makes it, and the others wait for that.
    const make = 'test -e "$1/made" || { "$2" "$3" --linux dir -c.directories.output="$1/package" && touch "$1/made"; }'
    runToItsEnd('flock', [join(shared, 'lock'), 'sh', '-c', make, 'sh', shared, process.execPath, packageScript])
    cpSync(join(shared, 'package'), folder, { recursive: true, verbatimSymlinks: true })
  }
  return join(folder, 'linux-unpacked', 'latchkey-desktop')
}

const packageScript = join(process.cwd(), 'electron', 'setup', 'package.mjs')

function makePackage(folder: string, { options = [], environment = {} }: PackageOptions = {}): void {
  const args = [packageScript, '--linux', 'dir', `-c.directories.output=${folder}`, ...options]
  runToItsEnd(process.execPath, args, environment)
}

/** All that it printed is in the error: electron-builder says on stdout what is wrong. */
function runToItsEnd(program: string, args: readonly string[], environment: Record<string, string> = {}): void {
  const env = { ...process.env, ...environment }
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' })
  if (status === 0) return
  throw new Error(`${program} ended with ${status ?? signal ?? error?.message}:\n${stderr}${stdout}`)
}

export interface PackagedRun {
  code: number | null
  output: string
  /** What Chromium and Node print, debuggers among them. */
  errors: string
  /** What came back on the debugging pipe. */
  debugged: string
}

export interface PackagedStart {
  home: string
  environment?: Record<string, string>
  args?: string[]
  /** Sent on the debugging pipe (file descriptor 3, as Chromium reads it) from the start on. */
  debug?: string
  /** Once, when the app has printed something and so is in the middle of its work. */
  meanwhile?: () => Promise<void>
}

/** Starts a packaged app and waits for its end. Playwright cannot drive one: its fuses refuse to be inspected. */
export async function runPackaged(executable: string, start: PackagedStart): Promise<PackagedRun> {
  const { home, environment = {}, args = [], debug, meanwhile } = start
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(executable, [...asRoot, ...args], {
    env: { ...process.env, HOME: home, LATCHKEY_HOME: join(home, 'latchkey'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
  })
  // A test that has run out of time leaves no window behind.
  const leaveNoWindow = () => child.kill('SIGKILL')
  process.once('exit', leaveNoWindow)
  const [, stdout, stderr, commands, answers] = child.stdio as [null, Readable, Readable, Writable, Readable]
  const texts = [stdout, stderr, answers].map(collect)
  // Nobody may be listening.
  commands.on('error', () => undefined)
  if (debug !== undefined) commands.write(debug)
  const looked = new Promise<void>((resolve, reject) => {
    stdout.once('data', () => (meanwhile?.() ?? Promise.resolve()).then(resolve, reject))
    stdout.once('end', resolve)
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  process.off('exit', leaveNoWindow)
  await looked
  const [output = '', errors = '', debugged = ''] = texts.map((text) => text())
  return { code, output, errors, debugged }
}

function collect(stream: Readable): () => string {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => String(Buffer.concat(chunks))
}

/**
 * Whether a debugger answers on this port of loopback, Chromium's or Node's: both tell what they are at this address. Another
 * program may have the port by now, and listens there.
 */
export async function isDebugger(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/json/version`, { signal: AbortSignal.timeout(10_000) })
    return /"(?:Protocol-Version|webSocketDebuggerUrl)"/u.test(await answer.text())
  } catch {
    return false
  }
}

interface ArchiveFolder {
  files: Record<string, ArchiveEntry>
}
type ArchiveEntry = ArchiveFolder | { size: number } | { link: string }

const ArchiveFolder: z.ZodType<ArchiveFolder> = z.object({
  files: z.lazy(() =>
    z.record(z.string(), z.union([ArchiveFolder, z.object({ size: z.number() }), z.object({ link: z.string() })])),
  ),
})

/** The paths of all files in an asar archive: behind four numbers of four octets stands a table of them as JSON. */
export function filesInArchive(path: string): string[] {
  const bytes = readFileSync(path)
  const table = ArchiveFolder.parse(JSON.parse(bytes.subarray(16, 16 + bytes.readUInt32LE(12)).toString('utf8')))
  return filesIn(table)
}

const filesIn = ({ files }: ArchiveFolder): string[] =>
  Object.entries(files).flatMap(([name, entry]) =>
    'files' in entry ? filesIn(entry).map((inner) => `${name}/${inner}`) : [name],
  )
