import type { RootOrigin } from '../model/attempt'

/** By what a server’s certificate is trusted, in words that can stand alone or begin a sentence. */
export const rootWords: Record<RootOrigin, string> = {
  public: 'A public root',
  administrator: 'A root that this computer’s administrator added',
  system: 'A root in this computer’s list that is not a public one',
  given: 'A root that was given for the test',
}
