import type { Topic } from '#shared/ipc/events'

/** Tells whoever shows things that something changed. In the CLI nobody listens. */
export type Changed = (...topics: Topic[]) => void
