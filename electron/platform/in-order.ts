/** The results of `act` in the order of `items`, at most `limit` of them at a time. After an error, no other one is begun. */
export async function inOrder<T, R>(items: T[], limit: number, act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  const waiting = items.entries()
  let hasFailed = false
  const work = async () => {
    for (const [index, item] of waiting) {
      if (hasFailed) return
      try {
        results[index] = await act(item)
      } catch (error) {
        hasFailed = true
        throw error
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work))
  return results
}
