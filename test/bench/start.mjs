import { median } from './median.mjs'
import { open } from './open.mjs'

const rounds = 7

/** Blank window and app take turns, so that what else the machine does meets both; the first round only warms up. */
export async function start() {
  const samples = { blank: { startMs: [], memory: [] }, app: { startMs: [], memory: [] } }
  for (let round = 0; round <= rounds; round += 1) {
    for (const what of Object.keys(samples)) {
      const measured = await once(what)
      if (round === 0) continue
      for (const [name, list] of Object.entries(samples[what])) list.push(measured[name])
    }
  }
  const ratio = (name) => median(samples.app[name]) / median(samples.blank[name])
  const shown = (name, unit) =>
    `${median(samples.app[name]).toFixed(0)} / ${median(samples.blank[name]).toFixed(0)} ${unit}`
  console.log(`  start ${shown('startMs', 'ms')}, memory ${shown('memory', 'kB')}, medians of ${rounds}`)
  return { startRatio: ratio('startMs'), memoryRatio: ratio('memory') }
}

async function once(what) {
  const running = open(what)
  const measured = { ...(await running.next('startMs')), ...(await running.next('memory')) }
  await running.ended
  return measured
}
