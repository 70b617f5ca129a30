/** A process that works for us, as this side sees it. Messages are structured clones. */
export interface ProcessChannel {
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  onExit(listener: () => void): void
  kill(): void
}
