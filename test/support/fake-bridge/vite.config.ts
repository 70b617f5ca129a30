import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../../renderer/', import.meta.url))

/** The real screens with the pretended main process in front: `npx vite --config test/support/fake-bridge/vite.config.ts`. */
export default defineConfig({
  root,
  server: { port: 5199, strictPort: true, fs: { allow: [fileURLToPath(new URL('../../../', import.meta.url))] } },
  preview: { port: 5199, strictPort: true },
  build: {
    outDir: process.env['LATCHKEY_FAKE_OUT'] ?? fileURLToPath(new URL('../../../out/fake-renderer', import.meta.url)),
    target: 'chrome114',
    emptyOutDir: true,
    chunkSizeWarningLimit: 5000,
    // In one piece: a part that is still being loaded would be missing from a picture, and nothing would say so.
    rolldownOptions: { output: { codeSplitting: false } },
  },
  plugins: [
    react(),
    {
      name: 'fake-bridge',
      transformIndexHtml: {
        order: 'pre',
        handler: (html) =>
          html
            .replaceAll('__CSP_NONCE__', 'looking')
            .replace(
              '<script type="module"',
              `<script type="module" src="/@fs${here}index.ts"></script>\n    <script type="module"`,
            ),
      },
    },
  ],
})
