import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Nginx, startNginx } from '../support/nginx'
import { type Walkthrough, walkThrough } from '../support/openssl'
import { runProgram } from '../support/packaged-cli'
import { isSoak } from '../support/rounds'
import { isWineInstalled, prepareWine, type Wine } from '../support/wine'

const locations =
  'location /in { default_type text/plain; if ($ssl_client_verify != SUCCESS) { return 403; } return 200 "You are in"; }'

/**
 * The code of the packaged CLI as a Windows executable. Wine cannot run the Node of the package, so it is in Node 18. No
 * native module is beside it: what needs none has to work.
 */
describe.runIf(isSoak && (await isWineInstalled()))('the command-line executable on Windows', () => {
  let folder: string
  let wine: Wine
  let walk: Walkthrough
  let nginx: Nginx
  let executable: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'latchkey-windows-'))
    const vite = join('node_modules', 'vite', 'bin', 'vite.js')
    const args = [vite, 'build', '--config', 'electron/executable.vite.config.ts', '--outDir', folder]
    const built = runProgram(process.execPath, args)
    if (built.code !== 0) throw new Error(built.stderr)
    walk = await walkThrough()
    nginx = await startNginx({ clientCa: walk.chainPem, locations })
    writeFileSync(join(folder, 'server-root.pem'), nginx.rootPem)
    wine = await prepareWine()
    executable = await wine.executable(join(folder, 'latchkey.cjs'))
  }, 600_000)
  afterAll(async () => {
    await wine.remove()
    await nginx.stop()
    await walk.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Wine shows the whole file system as drive Z. */
  const onZ = (path: string) => `Z:${path.replaceAll('/', '\\')}`
  const latchkey = (...args: string[]) => wine.print(executable, args)

  it('shows what a file contains, which it reads in a process of its own', async () => {
    const { code, stdout } = await latchkey('inspect', onZ(walk.path('client.pem')))
    expect([code, stdout.includes('John Doe')]).toEqual([0, true])
  })

  it('verifies a certificate', async () => {
    const chain = ['--chain', onZ(walk.path('ca-chain.pem'))]
    expect((await latchkey('verify', onZ(walk.path('client.pem')), ...chain)).code).toBe(0)
    expect((await latchkey('verify', onZ(walk.path('client.pem')))).code).toBe(1)
  })

  it('converts a certificate and its key', async () => {
    const files = [walk.path('client.pem'), walk.path('client.key')].map(onZ)
    const target = join(folder, 'converted.pem')
    const { code, stderr } = await latchkey('convert', ...files, '--for', 'pem', '-o', onZ(target), '--plain-key')
    expect(code, stderr).toBe(0)
    const written = readFileSync(target, 'utf8')
    for (const kind of ['CERTIFICATE', 'PRIVATE KEY']) expect(written).toContain(`-----BEGIN ${kind}-----`)
  })

  it('tests a site with a certificate from files', async () => {
    const site = `https://${nginx.hostname}:${nginx.port}/in`
    const reach = ['--connect-to', '127.0.0.1', '--ca', onZ(join(folder, 'server-root.pem'))]
    const files = [
      '--cert',
      onZ(walk.path('client.pem')),
      '--key',
      onZ(walk.path('client.key')),
      '--cert',
      onZ(walk.path('ca-chain.pem')),
    ]
    const { code, stdout } = await latchkey('test', site, ...reach, ...files)
    expect([code, stdout], stdout).toEqual([
      0,
      expect.stringContaining('Refused without your certificate, let in with it.'),
    ])
  })
  it('loads a native module of the package, with which it reads the policy of an administrator', async () => {
    await wine.addKoffi()
    expect((await latchkey('diagnostics')).stdout).toContain('Module: koffi, ready')
    const policy = ['HKLM\\Software\\Policies\\Latchkey', '/v', 'Policy']
    await wine.run('reg', ['add', ...policy, '/d', '{"version":1}', '/f'])
    expect((await latchkey('verify', onZ(walk.path('client.pem')))).code).toBe(1)
  })
})
