import { access } from './access.mjs'
import { issuing } from './issuing.mjs'
import { list } from './list.mjs'
import { opening } from './opening.mjs'
import { sites } from './sites.mjs'
import { start } from './start.mjs'
import { work } from './work.mjs'

/** Started by `npm run bench`. Every line is a ratio of two things measured in this very run, or a time with its aim. */
const { startRatio, memoryRatio } = await start()
const { probeRatio, stallMs } = await work()
const { sitesRatio, oneRootRatio, heldRatio, peakMb, manyPeakMb, closedPeakMb } = await sites()
const { keystrokeMs, answerMs, taskMs } = await list()
const { issueRatios, crlWriteRatio, crlReadRatio, searchMs } = issuing()
const openingRatios = opening()
const { planMs, firstPlanMs, calls, pages } = access()

const lines = [
  ['start to interactive / blank window', startRatio, 1.25],
  ['idle memory / blank window', memoryRatio, 1.15],
  ['connection test / two curl calls', probeRatio, 1],
  ['200 sites tested / curl --parallel, same roots', sitesRatio, 1],
  // Reading who asked for a certificate takes a tap on each connection, and judging both attempts takes JavaScript.
  ['… / curl with a single root', oneRootRatio, 1],
  ['memory held after 1,000 sites / after 10', heldRatio, 1.3],
  ['peak memory of one test with a certificate, MB', peakMb, 110],
  ['… where nothing listens, MB', closedPeakMb, 110],
  // The engine lets its heap grow before it cleans up; what is held does not grow.
  ['… of 1,000 tests, MB', manyPeakMb, null],
  ['longest stall during RSA-4096, ms', stallMs, 50],
  ['1,000 issued (P-256) / openssl loop', issueRatios[0], 0.1],
  // The signature alone, the same for both, is most of it here.
  ['1,000 issued (RSA 4096) / openssl loop', issueRatios[1], 0.1],
  ['CRL of 100,000 written / openssl ca', crlWriteRatio, 1],
  ['CRL of 100,000 read / openssl crl', crlReadRatio, 1],
  ['PKCS#12, 2,048 rounds / openssl', openingRatios[0], 1.5],
  ['PKCS#12, a million (PBES2) / openssl', openingRatios[2], 1.5],
  // What is in it: PBES2 by itself, and the derivation of PKCS#12, which is in no engine and therefore JavaScript here.
  ['… of which PBES2 alone', openingRatios[1], null],
  ['… where that derivation makes every key', openingRatios[3], null],
  ['keystroke over 100,000 issued, ms', keystrokeMs, 16],
  ['… its answer drawn, slowest, ms', answerMs, 50],
  ['… longest task of an answer, ms', taskMs, 16],
  // In a process of its own, so that no window waits for it.
  ['… its search in the database, ms', searchMs, null],
  ['calls for 500 applications, 50 CAs, 1,000 hosts', calls, pages],
  ['plan for them, ms of processor time', planMs, 200],
  ['… the first one of a process, ms', firstPlanMs, 200],
]
for (const [name, value, aim] of lines) {
  const mark = aim === null ? '·' : value <= aim ? '✓' : '✗'
  console.log(`${mark} ${name.padEnd(46)} ${value.toFixed(2).padStart(7)}${aim === null ? '' : `   aim ≤ ${aim}`}`)
}
