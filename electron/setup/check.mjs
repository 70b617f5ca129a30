import { inRoot } from './paths.mjs'
import { prepareModules } from './prepare.mjs'
import { run } from './run.mjs'

const projects = [
  'tsconfig.json',
  'electron/tsconfig.json',
  'electron/setup/tsconfig.json',
  'renderer/tsconfig.json',
  'test/tsconfig.json',
]

/** `npm run check`: format, lint rules, import rules, unused code, and the types of every project. */
prepareModules()

/** @param {string} name */
const bin = (name) => inRoot('node_modules', '.bin', name)
/** @type {[string, { code: number, output: string }][]} */
const results = [
  ['format and lint', run(bin('biome'), ['check', '--error-on-warnings', '.'], { quiet: true })],
  ['no unused file, export or package', run(bin('knip'), ['--no-progress'], { quiet: true })],
]
for (const project of projects) results.push([`types of ${project}`, run(bin('tsc'), ['-p', project], { quiet: true })])
const failed = results.filter(([, { code }]) => code !== 0)
for (const [name, { code }] of results) console.log(`${code === 0 ? '✓' : '✗'} ${name}`)
for (const [, { output }] of failed) console.log(output.slice(0, 12_000))
process.exit(failed.length === 0 ? 0 : 1)
