import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sandboxArguments } from './chromium-sandbox.mjs'
import { drivenApp, pretendedApp } from './driven-app.mjs'
import { forTests, forUnattended, forWindow, toolsFor } from './linux-packages.mjs'
import { inRoot } from './paths.mjs'
import { prepare } from './prepare.mjs'
import { inPrivateSession, isWorthShowing } from './session.mjs'

/**
 * `npm test`: prepares everything, runs the checks and all suites, and ends with one summary line. `npm test -- unit` runs one
 * suite (check, unit, boring, connection, stores, cli, crash, e2e, package) and passes further arguments to its runner.
 */
const [only, ...rest] = process.argv.slice(2)
const isSoak = process.env.LATCHKEY_SOAK === '1'
const makesPackages = isSoak && only === 'package'
const runtime = await prepare(
  forWindow,
  forUnattended,
  forTests,
  ...(makesPackages ? [toolsFor(new Set(/** @type {const} */ (['deb', 'rpm'])))] : []),
)

const totals = { passed: 0, failed: 0 }
/**
 * The failures, which are printed again at the very end, where they are easy to find.
 *
 * @type {string[]}
 */
const failures = []

/** @param {{ passed: number, failed: number }} counted */
const count = ({ passed, failed }) => {
  totals.passed += passed
  totals.failed += failed
}

// All suites at once are a sample (test/support/files-of-today.ts); one that is named runs whole.
const env = {
  NODE_OPTIONS: '',
  FORCE_COLOR: '0',
  LATCHKEY_SAMPLE: only === undefined ? '1' : '0',
  // The suites share one packaged app (test/support/packaged.ts).
  LATCHKEY_TEST_PACKAGE: mkdtempSync(join(tmpdir(), 'latchkey-test-package-')),
}
process.once('exit', () => rmSync(env.LATCHKEY_TEST_PACKAGE, { recursive: true, force: true }))
const vitest = [inRoot('node_modules', 'vitest', 'vitest.mjs'), 'run']
const playwright = [
  inRoot('node_modules', '@playwright', 'test', 'cli.js'),
  'test',
  '-c',
  'test/e2e/playwright.config.ts',
]

/**
 * A suite in shards, each with its own display, keyring and folder: two windows on one display would take the focus from
 * each other. Tests selected by arguments run in one.
 *
 * @param {number} count
 * @param {string[]} args
 * @param {(shard: number) => string[]} [own] Arguments for one of them alone.
 */
const inShards = (count, args, own = () => []) =>
  rest.length > 0
    ? [args]
    : Array.from({ length: count }, (_, index) => [...args, `--shard=${index + 1}/${count}`, ...own(index + 1)])

/** @param {...string} projects */
const onNode = (...projects) => [...vitest, ...projects.flatMap((name) => ['--project', name])]

/**
 * @typedef {object} Suite
 * @property {string[][]} runs Arguments of Node for each process; all run in parallel.
 * @property {() => Record<string, string>} [env] Additional environment variables.
 */

/**
 * In the order in which they begin: whatever takes longest comes first, so that nothing runs alone at the end.
 *
 * @type {Record<'check' | 'unit' | 'boring' | 'connection' | 'stores' | 'cli' | 'crash' | 'e2e' | 'package', Suite>}
 */
const suites = {
  e2e: {
    runs: inShards(2, playwright, (shard) => [`--output=${inRoot('test-results', String(shard))}`]),
    env: () => ({
      LATCHKEY_DRIVEN_APP: JSON.stringify(drivenApp(runtime)),
      LATCHKEY_SCREENS_COMMAND: JSON.stringify([...pretendedApp(runtime), ...sandboxArguments(runtime.executable)]),
    }),
  },
  cli: { runs: inShards(2, onNode('cli')) },
  unit: { runs: [onNode('unit', 'contract')] },
  boring: { runs: [onNode('boring')], env: () => ({ LATCHKEY_BORING: runtime.executable }) },
  crash: { runs: [onNode('crash')] },
  stores: { runs: [onNode('stores')] },
  check: { runs: [[inRoot('electron', 'setup', 'check.mjs')]] },
  connection: { runs: [onNode('connection')] },
  package: { runs: [onNode('package')] },
}

/** Each has its own session and spends a part of its time waiting for other programs; more of them would only take turns. */
const AT_ONCE = 3

const names = /** @type {(keyof typeof suites)[]} */ (Object.keys(suites))
const waiting = names
  .filter((name) => only === undefined || only === name)
  .flatMap((name) => suites[name].runs.map((args) => ({ name, args })))
const isParallel = waiting.length > 1

await Promise.all(Array.from({ length: AT_ONCE }, runWaiting))
if (failures.length > 0) console.log(`\n${failures.join('\n')}`)
console.log(`\n${totals.passed} passed, ${totals.failed} failed`)
process.exit(totals.failed === 0 && totals.passed > 0 ? 0 : 1)

async function runWaiting() {
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const started = performance.now()
    if (isParallel) console.log(`── ${next.name} begins ──`)
    await runSuite(next.name, next.args)
    if (isParallel) console.log(`── ${next.name} took ${Math.round((performance.now() - started) / 1000)} s ──`)
  }
}

/**
 * @param {keyof typeof suites} name
 * @param {string[]} args
 */
async function runSuite(name, args) {
  const { env: own = () => ({}) } = suites[name]
  /**
   * Others print at the same time, so every line starts with the name of the suite.
   *
   * @type {import('./run.mjs').Shows}
   */
  const named = (line) => {
    if (isWorthShowing(line)) process.stdout.write(`${name} │ ${line}\n`)
    return false
  }
  const { code, output } = await inPrivateSession(process.execPath, [...args, ...rest], {
    env: { ...env, ...own() },
    ...(isSoak ? { timeoutMs: 86_400_000 } : {}),
    ...(isParallel ? { shows: named } : {}),
  })
  const counted = countOf(output)
  // A runner that crashed has failed, whatever it had counted before.
  if (code !== 0 && counted.failed === 0) counted.failed = 1
  count(counted)
  if (counted.failed > 0) failures.push(`── ${name} failed ──`, ...failureLines(output))
}

/**
 * For each failed test, the lines that begin with its headline: its name, the assertion and the location.
 *
 * @param {string} output
 */
function failureLines(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern removes colours
  const lines = output.replace(/\u001b\[[0-9;]*m/gu, '').split('\n')
  const starts = lines.flatMap((line, index) => (/^\s*(FAIL |✗ |\d+\) )/u.test(line) ? [index] : []))
  return starts.slice(0, 10).flatMap((from) => lines.slice(from, from + 25))
}

/**
 * vitest: "Tests  2 failed | 118 passed (120)"; Playwright: "  2 failed" and "  14 passed (1.2m)", each on a line of its own;
 * the checks: a line for each, which begins with its mark.
 *
 * @param {string} output
 */
function countOf(output) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: this pattern removes colours
  const plain = output.replace(/\u001b\[[0-9;]*m/gu, '')
  const summary = /^\s*Tests\s+(.+)$/mu.exec(plain)?.[1]
  /**
   * @param {string} text
   * @param {string} word
   */
  const number = (text, word) => Number(new RegExp(`(\\d+) ${word}`, 'u').exec(text)?.[1] ?? 0)
  if (summary !== undefined) {
    // A file that failed to load has no tests to count; vitest reports such files separately.
    const suites = Number(/Failed Suites (\d+)/u.exec(plain)?.[1] ?? 0)
    return { passed: number(summary, 'passed'), failed: number(summary, 'failed') + suites }
  }
  const marks = plain.match(/^[✓✗] /gmu) ?? []
  if (marks.length > 0) {
    const failed = marks.filter((mark) => mark === '✗ ').length
    return { passed: marks.length - failed, failed }
  }
  /** @param {string} word */
  const line = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}\\b`, 'mu').exec(plain)?.[1] ?? 0)
  return { passed: line('passed'), failed: line('failed') + line('interrupted') + line('did not run') }
}
