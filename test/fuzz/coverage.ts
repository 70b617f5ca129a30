import { Session } from 'node:inspector/promises'

/** Which blocks of the program were run since it was last asked. */
export interface Coverage {
  take(): Promise<string[]>
}

/** V8's own counts, of the scripts in `folder` alone (Chrome DevTools Protocol, Profiler.takePreciseCoverage). */
export async function startCoverage(folder: string): Promise<Coverage> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
  return {
    async take() {
      const { result } = await session.post('Profiler.takePreciseCoverage')
      const ours = result.filter(({ url }) => url.includes(folder))
      return ours.flatMap(({ scriptId, functions }) =>
        functions.flatMap(({ ranges }) =>
          ranges
            .filter(({ count }) => count > 0)
            .map(({ startOffset, endOffset }) => `${scriptId}:${startOffset}-${endOffset}`),
        ),
      )
    },
  }
}
