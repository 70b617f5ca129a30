import { type IncomingFile, readIncoming } from '#electron/platform/incoming-file'

/** In a terminal a path is no secret: whoever typed it sees it again. */
export const readFiles = (paths: string[]): Promise<IncomingFile[]> =>
  Promise.all(paths.map((path) => readIncoming(path, path)))
