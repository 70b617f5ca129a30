import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'vite'

/** One module with everything it imports as a CommonJS file that plain Node runs, as the app's own build makes it. */
export interface Bundle {
  path: string
  remove(): Promise<void>
}

export async function bundle(entry: string, external: string[] = []): Promise<Bundle> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-bundle-'))
  const name = basename(entry).replace(/\.ts$/u, '')
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      target: 'node18',
      minify: false,
      outDir: folder,
      emptyOutDir: true,
      rollupOptions: { external, output: { format: 'cjs', entryFileNames: `${name}.cjs` } },
    },
  })
  return { path: join(folder, `${name}.cjs`), remove: () => rm(folder, { recursive: true, force: true }) }
}
