import { stop } from './say.mjs'

/** Vite 8 and vitest 4 need it. */
const [floorMajor, floorMinor] = [20, 19]

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < floorMajor || (major === floorMajor && minor < floorMinor)) {
    stop(`Node ${process.versions.node} is too old.`, `Install Node ${floorMajor}.${floorMinor} or newer.`)
  }
}
