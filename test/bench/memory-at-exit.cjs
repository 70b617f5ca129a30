// Loaded with --require and --expose-gc: writes what the process has needed at most, and what it still holds, to a file.
const { writeFileSync } = require('node:fs')

process.on('exit', () => {
  const { maxRSS } = process.resourceUsage()
  // What a native handle held is only free for the collection after the one that finds the handle.
  for (let round = 0; round < 3; round += 1) globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  writeFileSync(process.env.LATCHKEY_BENCH_MEMORY, JSON.stringify({ peakMb: maxRSS / 1024, held: heapUsed + external }))
})
