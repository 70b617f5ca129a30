import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { asciiChunks } from './ascii-chunks'
import { listPackages } from './bundled-packages'
import { updateFeed } from './setup/update-feed.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

const feed = updateFeed()

/** Native modules stay outside; everything else is bundled, which is what makes the start fast. */
const external = ['electron', 'keytar', 'koffi', 'libsql']

/** One build for everything that runs on Node: window process, workers and terminal share their chunks. */
const main = {
  index: `${root}electron/main/index.ts`,
  'database-worker': `${root}electron/database/worker.ts`,
  'job-process': `${root}electron/jobs/process.ts`,
  'keyring-process': `${root}electron/vault/keyring-process.ts`,
}

export default defineConfig({
  main: {
    root,
    plugins: [asciiChunks(), listPackages('main')],
    define: {
      __LATCHKEY_VERSION__: JSON.stringify(version),
      __LATCHKEY_UPDATE_FEED__: JSON.stringify(feed.url),
      __LATCHKEY_UPDATE_KEY__: JSON.stringify(feed.publicKey),
    },
    build: {
      outDir: `${root}out`,
      emptyOutDir: false,
      target: 'node18',
      minify: false,
      sourcemap: true,
      externalizeDeps: false,
      rollupOptions: {
        external,
        input: {
          ...Object.fromEntries(Object.entries(main).map(([name, path]) => [`main/${name}`, path])),
          'cli/latchkey': `${root}electron/cli/index.ts`,
        },
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: 'chunks/[name]-[hash].cjs',
          // `require` finds a package inside the packaged archive; `import()` does not before Electron 28.
          dynamicImportInCjs: false,
          banner: (chunk) => (chunk.name === 'cli/latchkey' ? '#!/usr/bin/env node' : ''),
        },
      },
    },
  },
  preload: {
    root,
    plugins: [listPackages('preload')],
    build: {
      outDir: `${root}out/preload`,
      target: 'node18',
      externalizeDeps: false,
      rollupOptions: {
        external: ['electron'],
        input: { index: `${root}electron/preload/index.ts` },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: `${root}renderer`,
    plugins: [react(), asciiChunks(), listPackages('renderer')],
    build: {
      outDir: `${root}out/renderer`,
      emptyOutDir: true,
      target: 'chrome114',
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: {
        input: `${root}renderer/index.html`,
        // What the first screen needs comes as one file: each further one is asked of the main process, which is busy then.
        output: { codeSplitting: { groups: [{ name: 'first-screen', tags: ['$initial'] }] } },
      },
    },
  },
})
