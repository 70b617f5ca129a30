/** A hash whose own digest is always one block, so that it can go round without leaving JavaScript. */
export interface BlockHash {
  /** How many 32-bit words the digest has. */
  words: number
  scheduleLength: number
  /** The message is the first words of the schedule; so is the hash afterwards. */
  compress(schedule: Int32Array): void
}
