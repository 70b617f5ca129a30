import type { Topic } from '#shared/ipc/events'

/** Reports what has changed, so that the screens can ask again. The CLI ignores it. */
export type Changed = (...topics: Topic[]) => void
