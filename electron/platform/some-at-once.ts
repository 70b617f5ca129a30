/** Works through everything that arrives, some of it at the same time. The first error stops it, once what has begun is done. */
export async function someAtOnce<Item>(
  items: AsyncIterable<Item>,
  together: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  try {
    for await (const item of items) {
      const one = work(item)
        .catch((error: unknown) => void failures.push(error))
        .then(() => void running.delete(one))
      running.add(one)
      if (running.size >= together) await Promise.race(running)
      if (failures.length > 0) break
    }
  } finally {
    await Promise.all(running)
  }
  if (failures.length > 0) throw failures[0]
}
