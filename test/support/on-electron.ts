import { webcrypto } from 'node:crypto'

// The suite says that it ran on Electron's own Node, so nothing else may pass for it.
if (process.versions['electron'] === undefined)
  throw new Error('These tests run on Electron; use “npm test -- boring”.')

// As every entry of the app does: Node 18 has no global Web Crypto.
if (globalThis.crypto === undefined) Object.defineProperty(globalThis, 'crypto', { value: webcrypto })
