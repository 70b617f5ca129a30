export interface PinnedPackage {
  /** Its name and version. */
  spec: string
  /** The checksum of its archive, in base64. */
  sha512: string
}
/** Downloads a package and compares its checksum, or stops; gives the archive. */
export declare function fetchPinned(pinned: PinnedPackage, work: string): string
export declare function extract(archive: string, into: string): void
