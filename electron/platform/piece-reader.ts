/** Bytes that arrive in pieces of any size, read in the sizes that a format has. */
export interface PieceReader {
  /** A copy of the next `length` octets; fewer where the end comes first. */
  take(length: number): Promise<Buffer>
  /** Whether nothing is left. */
  isAtEnd(): Promise<boolean>
  /** Lets go of where the pieces come from. */
  close(): Promise<void>
}

/** `wipe`: whether pieces are overwritten with zeros once they have been copied. */
export function createPieceReader(pieces: AsyncIterable<Uint8Array>, { wipe = false } = {}): PieceReader {
  const iterator = pieces[Symbol.asyncIterator]()
  let piece: Uint8Array = Buffer.alloc(0)
  let used = 0

  /** False at the end. */
  async function fill(): Promise<boolean> {
    while (used === piece.length) {
      if (wipe) piece.fill(0)
      const next = await iterator.next()
      if (next.done === true) {
        piece = Buffer.alloc(0)
        used = 0
        return false
      }
      piece = next.value
      used = 0
    }
    return true
  }

  return {
    async take(length) {
      const taken: Buffer = Buffer.alloc(length)
      let count = 0
      while (count < length && (await fill())) {
        const part = piece.subarray(used, used + length - count)
        taken.set(part, count)
        used += part.length
        count += part.length
      }
      return taken.subarray(0, count)
    },
    isAtEnd: async () => !(await fill()),
    close: async () => void (await iterator.return?.()),
  }
}
