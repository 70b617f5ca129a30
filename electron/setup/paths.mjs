import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/u, '')

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts)

/** The cache of the set-up scripts, which is deleted together with node_modules. */
export const cache = inRoot('node_modules', '.cache', 'latchkey')
