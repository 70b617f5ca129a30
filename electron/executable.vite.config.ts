import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { listPackages } from './bundled-packages'

const root = fileURLToPath(new URL('..', import.meta.url))
const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))

const native = ['keytar', 'koffi', 'libsql']
const prefix = '\0native:'

/** In the executable, `require` knows Node's own modules alone. Each native module is loaded when it is first used. */
const nativeModules: Plugin = {
  name: 'native-modules',
  enforce: 'pre',
  resolveId: (id) => (native.includes(id) ? `${prefix}${id}` : null),
  load(id) {
    if (!id.startsWith(prefix)) return null
    const from = JSON.stringify(`${root}electron/cli/native-modules.ts`)
    const name = JSON.stringify(id.slice(prefix.length))
    return `const { requireNative } = require(${from})\nmodule.exports = requireNative(${name})`
  },
}

/** Only a clone has one, for its tests. */
const withoutStandIn: Plugin = {
  name: 'without-stand-in',
  enforce: 'pre',
  load: (id) => (id === `${root}electron/cloudflare/stand-in.ts` ? 'export const standInAddress = () => null' : null),
}

/** The code of the packaged CLI in one file, for `setup/package/executable.mjs`. Its Node is pinned there. */
export default defineConfig({
  root,
  plugins: [nativeModules, withoutStandIn, listPackages('executable')],
  define: { __LATCHKEY_VERSION__: JSON.stringify(version) },
  ssr: { noExternal: true },
  build: {
    ssr: `${root}electron/cli/executable.ts`,
    target: 'node24',
    minify: false,
    rollupOptions: {
      output: {
        format: 'cjs',
        entryFileNames: 'latchkey.cjs',
        codeSplitting: false,
        dynamicImportInCjs: false,
      },
    },
  },
})
