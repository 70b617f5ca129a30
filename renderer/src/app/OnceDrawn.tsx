import { type ReactNode, Suspense, useEffect, useState } from 'react'

/** No start waits longer than this for what is not part of its first screen, however busy the window is. */
const LATEST_MS = 1000

/**
 * For what is loaded by itself and is not part of the first screen: its files are asked for when the window has nothing else to
 * do, so that reading them does not keep the first screen waiting.
 */
export function OnceDrawn({ children }: { children: ReactNode }) {
  const [isDrawn, setDrawn] = useState(false)
  useEffect(() => {
    const asked = requestIdleCallback(() => setDrawn(true), { timeout: LATEST_MS })
    return () => cancelIdleCallback(asked)
  }, [])
  return isDrawn && <Suspense fallback={null}>{children}</Suspense>
}
