import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * Where a package keeps the native modules, seen from its command-line executable (`resources/bin/latchkey`). They are those
 * of the window, since a Node-API binary is the same file for Node and Electron.
 */
export const requireNative = createRequire(join(dirname(process.execPath), '..', 'app.asar.unpacked', 'package.json'))
