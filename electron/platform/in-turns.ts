/** Work is done for at most this long before others have their turn. */
const TURN_MS = 15

/** Maps a long list in one process without holding it up: what else waits is done in between. */
export async function mapInTurns<Item, Result>(items: Item[], act: (item: Item) => Result): Promise<Result[]> {
  const results: Result[] = []
  let begun = performance.now()
  for (const item of items) {
    results.push(act(item))
    if (performance.now() - begun < TURN_MS) continue
    await new Promise<void>((resolve) => setImmediate(resolve))
    begun = performance.now()
  }
  return results
}
