import { build } from 'vite'

/** `node make-bundle.mjs ENTRY FOLDER`: ENTRY with everything it imports as FOLDER/bundle.cjs. */
const [entry, outDir] = process.argv.slice(2)
await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true },
  build: {
    ssr: entry,
    target: 'node18',
    minify: false,
    outDir,
    emptyOutDir: true,
    rollupOptions: {
      external: ['keytar', 'koffi', 'libsql'],
      output: { format: 'cjs', dynamicImportInCjs: false, entryFileNames: 'bundle.cjs' },
    },
  },
})
