import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { openFile } from '#electron/pki/containers/open'

/** Opens each file so many times and prints how long each took, in milliseconds. */
const Order = z.object({ files: z.array(z.string()), rounds: z.number() })
const { files, rounds } = Order.parse(JSON.parse(process.argv[2] ?? '{}'))

async function measure(path: string): Promise<number[]> {
  const bytes = readFileSync(path)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now()
    await openFile({ name: 'bench.p12', bytes, password: 'bench' })
    times.push(performance.now() - begun)
  }
  return times
}

async function main() {
  const all: number[][] = []
  for (const file of files) all.push(await measure(file))
  console.log(JSON.stringify(all))
}

void main()
