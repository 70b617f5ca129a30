import { installModules } from './modules.mjs'
import { checkNode } from './node-version.mjs'
import { inRoot } from './paths.mjs'
import { run } from './run.mjs'

const projects = ['tsconfig.json', 'electron/tsconfig.json', 'renderer/tsconfig.json', 'test/tsconfig.json']

/** Format, lint, import rules and types of every folder. Returns how many of them passed and failed. */
export function check() {
  const bin = (name) => inRoot('node_modules', '.bin', name)
  const results = [
    ['format and lint', run(bin('biome'), ['check', '--error-on-warnings', '.'], { quiet: true })],
    ...projects.map((project) => [`types of ${project}`, run(bin('tsc'), ['-p', project], { quiet: true })]),
  ]
  const failed = results.filter(([, { code }]) => code !== 0)
  for (const [name, { code }] of results) console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
  for (const [, { output }] of failed) console.log(output.slice(0, 12_000))
  return { passed: results.length - failed.length, failed: failed.length }
}

if (process.argv[1] === import.meta.filename) {
  checkNode()
  installModules()
  process.exit(check().failed === 0 ? 0 : 1)
}
