import { stop } from './say.mjs'

/** Vite 8 and vitest 4 need it. */
const floor = [20, 19]

export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < floor[0] || (major === floor[0] && minor < floor[1])) {
    stop(`Node ${process.versions.node} is too old.`, `Install Node ${floor.join('.')} or newer.`)
  }
}
