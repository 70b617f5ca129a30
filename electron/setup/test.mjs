import { check } from './check.mjs'
import { drivenApp } from './driven-app.mjs'
import { forTests, forUnattended, forWindow } from './linux-packages.mjs'
import { inRoot } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { inPrivateSession, isWorthShowing } from './session.mjs'

/**
 * `npm test`: set-up, checks, every suite, one closing line. `npm test -- unit` runs one suite (check, unit, boring, stores,
 * cli, crash, e2e), and what follows is handed to its runner.
 */
const runtime = await prepare(forWindow, forUnattended, forTests)

const [only, ...rest] = process.argv.slice(2)
const totals = { passed: 0, failed: 0 }
/**
 * What to look at first when something failed; printed again at the very end, where it is seen.
 *
 * @type {string[]}
 */
const troubles = []

/** @param {{ passed: number, failed: number }} counted */
const count = ({ passed, failed }) => {
  totals.passed += passed
  totals.failed += failed
}

const env = { NODE_OPTIONS: '', FORCE_COLOR: '0' }
const vitest = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run']
const playwright = [
  inRoot('node_modules', '@playwright', 'test', 'cli.js'),
  'test',
  '-c',
  'test/e2e/playwright.config.ts',
]

/**
 * The window tests in two parts, each with a screen, a keyring and a folder of its own: two windows on one screen would take
 * the focus from each other. What is named by hand runs in one.
 */
const inShards =
  rest.length > 0
    ? [playwright]
    : [1, 2].map((part) => [...playwright, `--shard=${part}/2`, `--output=${inRoot('test-results', String(part))}`])

/** @param {...string} projects */
const onNode = (...projects) => [...vitest, ...projects.flatMap((name) => ['--project', name])]

/**
 * @typedef {object} Suite
 * @property {string[][]} runs What Node runs, side by side.
 * @property {() => Record<string, string>} [env] With which environment besides.
 */

/** @type {Record<'unit' | 'boring' | 'stores' | 'cli' | 'crash' | 'e2e', Suite>} */
const suites = {
  unit: { runs: [onNode('unit', 'contract')] },
  boring: { runs: [onNode('boring')], env: () => ({ LATCHKEY_BORING: runtime.executable }) },
  stores: { runs: [onNode('stores')] },
  cli: { runs: [onNode('cli')] },
  crash: { runs: [onNode('crash')] },
  e2e: { runs: inShards, env: () => ({ LATCHKEY_DRIVEN_APP: JSON.stringify(drivenApp(runtime)) }) },
}

/**
 * Those of one row run side by side: each has a session of its own and waits for other programs half of the time.
 *
 * @type {(keyof typeof suites)[][]}
 */
const rows = [['unit'], ['boring'], ['stores', 'cli'], ['crash'], ['e2e']]

if (only === undefined || only === 'check') {
  const checked = check()
  count(checked)
  if (checked.failed > 0) troubles.push('── check failed: see the top ──')
}
for (const row of rows) {
  const names = row.filter((name) => only === undefined || only === name)
  if (names.length === 0) continue
  console.log(`\n── ${names.join(' and ')} ──`)
  const runs = names.flatMap((name) => suites[name].runs.map((args) => ({ name, args })))
  await Promise.all(runs.map(({ name, args }) => runSuite(name, args, runs.length > 1)))
}
if (troubles.length > 0) console.log(`\n${troubles.join('\n')}`)
console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

/**
 * @param {keyof typeof suites} name
 * @param {string[]} args
 * @param {boolean} isBeside Another one writes at the same time, so every line says whose it is.
 */
async function runSuite(name, args, isBeside) {
  const { env: own = () => ({}) } = suites[name]
  /** @type {import('./run.mjs').Shows} */
  const named = (line) => {
    if (isWorthShowing(line)) process.stdout.write(`${name} │ ${line}\n`)
    return false
  }
  const { code, output } = await inPrivateSession(process.execPath, [...args, ...rest], {
    env: { ...env, ...own() },
    ...(isBeside ? { shows: named } : {}),
  })
  const counted = countOf(output)
  // A runner that fell over has failed, whatever it had counted until then.
  if (code !== 0 && counted.failed === 0) counted.failed = 1
  count(counted)
  if (counted.failed > 0) troubles.push(`── ${name} failed ──`, ...troubleOf(output))
}

/**
 * The lines from each failed test's headline on: its name, the assertion and the place.
 *
 * @param {string} output
 */
function troubleOf(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
  const lines = output.replace(/\u001b\[[0-9;]*m/gu, '').split('\n')
  const begins = lines.flatMap((line, index) => (/^\s*(FAIL |\d+\) )/u.test(line) ? [index] : []))
  return begins.slice(0, 10).flatMap((from) => lines.slice(from, from + 25))
}

/**
 * vitest: "Tests  2 failed | 118 passed (120)"; Playwright: "  2 failed" and "  14 passed (1.2m)", each on a line of its own.
 *
 * @param {string} output
 */
function countOf(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, '')
  const summary = /^\s*Tests\s+(.+)$/mu.exec(plain)?.[1]
  /**
   * @param {string} text
   * @param {string} word
   */
  const number = (text, word) => Number(new RegExp(`(\\d+) ${word}`, 'u').exec(text)?.[1] ?? 0)
  if (summary !== undefined) {
    // A file that did not even load has no tests to count; vitest tells of those apart.
    const suites = Number(/Failed Suites (\d+)/u.exec(plain)?.[1] ?? 0)
    return { passed: number(summary, 'passed'), failed: number(summary, 'failed') + suites }
  }
  /** @param {string} word */
  const line = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'mu').exec(plain)?.[1] ?? 0)
  return { passed: line('passed'), failed: line('failed') + line('interrupted') + line('did not run') }
}
