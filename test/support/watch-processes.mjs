import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Looks at every process' arguments, and on request at its environment, as fast as it can, and writes down all it ever saw when it
 * is asked to end.
 */
const [target, what] = process.argv.slice(2)
const seen = new Set()
let isOver = false

process.on('SIGTERM', () => {
  isOver = true
})

function look() {
  for (const pid of readdirSync('/proc')) {
    if (!/^\d+$/u.test(pid)) continue
    try {
      const parts = what === 'environments' ? ['cmdline', 'environ'] : ['cmdline']
      seen.add(
        parts.map((part) => readFileSync(`/proc/${pid}/${part}`, 'latin1').replaceAll(/[\0\n]/gu, ' ')).join('\t'),
      )
    } catch {
      // Gone between the listing and the look.
    }
  }
  if (isOver) writeFileSync(target, [...seen].join('\n'))
  else setImmediate(look)
}

process.stdout.write('watching\n')
look()
