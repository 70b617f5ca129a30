import { start } from './start.mjs'
import { work } from './work.mjs'

/** Started by `npm run bench`. Every line is a ratio of two things measured in this very run, or a time with its aim. */
const { startRatio, memoryRatio } = await start()
const { probeRatio, stallMs } = await work()

const lines = [
  ['start to interactive / blank window', startRatio, 1.4],
  ['idle memory / blank window', memoryRatio, 1.2],
  ['connection test / two curl calls', probeRatio, 1],
  ['longest stall during RSA-4096, ms', stallMs, 50],
]
for (const [name, value, aim] of lines) {
  console.log(`${value <= aim ? '✓' : '✗'} ${name.padEnd(38)} ${value.toFixed(2).padStart(7)}   aim ≤ ${aim}`)
}
