/** What stands on the first screen: the list of certificates, or where there are none the first question. */
type FirstScreen = 'list' | 'question'

const key = 'first-screen'

/** What this window showed last. A start draws it at once, since the database answers later; null where that is not known. */
export function lastShown(): FirstScreen | null {
  const kept = localStorage.getItem(key)
  return kept === 'list' || kept === 'question' ? kept : null
}

export const keepShown = (shown: FirstScreen): void => localStorage.setItem(key, shown)
