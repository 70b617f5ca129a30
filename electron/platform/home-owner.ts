import { lstatSync, readlinkSync, type Stats, statSync } from 'node:fs'
import { dirname, join, parse, resolve, sep } from 'node:path'
import { AppError } from '#shared/errors'

/** What must be ours as well, where it is there: `sudo` may have left files of root's in a person's folder. */
const inside = ['latchkey.db', 'vault', join('vault', 'header.json')]

/**
 * Whether a folder can be trusted to stay ours. Its owner can read and change what is put there, and whoever owns a link on
 * the way to it can exchange it. Root must own every folder on the way too: root's files in somebody's folder
 * (`sudo latchkey`) shut that person out. A few stats and nothing else, since the window waits for it. Null: nothing speaks
 * against it.
 *
 * `me`: the effective user id; null on Windows, where owners are not asked for and nothing is claimed.
 */
export function refuseForeign(home: string, me: number | null): AppError | null {
  if (me === null) return null
  const onTheWay = foreignOnTheWay(resolve(home), me)
  if (onTheWay !== null) return refusal(onTheWay)
  const owner = ownerOf(() => statSync(home))
  if (owner !== null && owner !== me) return refusal(`The folder belongs to user ${owner}.`)
  for (const name of inside) {
    const path = join(home, name)
    const owners = [ownerOf(() => lstatSync(path)), ownerOf(() => statSync(path))]
    const other = owners.find((found) => found !== null && found !== me)
    if (other !== undefined) return refusal(`“${name}” in it belongs to user ${other}.`)
  }
  return null
}

const ownerOf = (look: () => Stats): number | null => statusOf(look)?.uid ?? null
const refusal = (why: string) => new AppError('home-not-yours', why)

/** As many as Linux follows (path_resolution(7)). */
const MAX_LINKS = 40

/** Looks at every link and, for root, at every folder on the way, as the system walks it. */
function foreignOnTheWay(home: string, me: number): string | null {
  let links = 0
  let { path, rest } = start(home)
  for (;;) {
    const [next, ...further] = rest
    if (next === undefined) return null
    path = join(path, next)
    rest = further
    const status = statusOf(() => lstatSync(path))
    if (status === null) return null
    if (status.isSymbolicLink()) {
      // Root's links are the system's own, such as /tmp on macOS.
      if (status.uid !== me && status.uid !== 0) return `A link on the way to the folder belongs to user ${status.uid}.`
      links += 1
      if (links > MAX_LINKS) return null
      ;({ path, rest } = start(join(resolve(dirname(path), readlinkSync(path)), ...rest)))
    } else if (me === 0 && status.uid !== 0 && rest.length > 0)
      return `Root would write into a folder of user ${status.uid}.`
  }
}

function start(path: string): { path: string; rest: string[] } {
  const { root } = parse(path)
  const rest = path.slice(root.length).split(sep)
  return { path: root, rest: rest.filter((name) => name !== '') }
}

function statusOf(look: () => Stats): Stats | null {
  try {
    return look()
  } catch {
    // Missing or not readable: opening it fails with the reason.
    return null
  }
}
