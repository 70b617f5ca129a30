import { createInterface } from 'node:readline'
import { openLocalDatabase } from '#electron/database/local'
import { openTables } from '#electron/database/open'

/** Another process on the same home folder. `open` opens and ends; otherwise it obeys `take` and `release`, line by line. */
const [home = '', verb] = process.argv.slice(2)

if (verb === 'open') {
  openTables(home).close()
  console.log('opened')
} else {
  const database = openLocalDatabase(home)
  let release: (() => Promise<void>) | null = null
  createInterface(process.stdin).on('line', async (line) => {
    if (line === 'take') {
      release = await database.tryLock()
      console.log(release === null ? 'refused' : 'taken')
    } else {
      await release?.()
      console.log('released')
    }
  })
}
