import { lstat, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { onOwnFile } from '#electron/platform/home-trouble'
import { isOurLiveProcess } from '#electron/platform/live-process'
import { parseJson } from '#electron/platform/parse-json'
import { writePrivateFile } from '#electron/platform/write-file'
import { labHostname } from './pki'

const short = z.string().max(16 * 1024)

/**
 * How another process of the same person finds a running practice site: its address and public certificates, no secrets.
 * Stored as `practice.json` in the home folder while the site runs. Because that folder may have been copied from elsewhere,
 * the schema accepts only the practice site: its own name, which never leaves the computer, and the issuer of its own tokens.
 */
export const LabDescription = z
  .strictObject({
    processId: z.number().int().positive(),
    hostname: z.literal(labHostname),
    port: z.number().int().min(1).max(65_535),
    /** Where requests are signed, whatever is broken at the site. */
    issuePort: z.number().int().min(1).max(65_535),
    issuer: short,
    serverRootPem: short,
    serverKeySha256: z.string().regex(/^[0-9a-f]{64}$/u),
    /** PEM, intermediate first. */
    clientChain: z.array(short).max(5),
    jwks: z.object({ keys: z.array(z.record(z.string(), z.unknown())).max(10) }),
  })
  .refine(({ hostname, port, issuer }) => issuer === labIssuer(hostname, port))
export type LabDescription = z.infer<typeof LabDescription>

/** The `iss` of the site's tokens. */
export const labIssuer = (hostname: string, port: number) => `https://${hostname}:${port}`

/** Announces the running practice site in the home folder, so that the window and the CLI can use each other's. */
export function createAnnouncement(home: string) {
  const path = join(home, 'practice.json')
  return {
    /** Errors: `home-unusable`, `disk-full`. */
    publish: (description: LabDescription) =>
      onOwnFile(path, () => writePrivateFile(path, Buffer.from(JSON.stringify(description)))),
    /** Removes the file only if it is from this process, since another one may have started its own site meanwhile. */
    async withdraw(): Promise<void> {
      if ((await read(path))?.processId === process.pid) await rm(path, { force: true })
    },
    read: () => read(path),
  }
}

const MAX_BYTES = 256 * 1024

/** Null if there is no file, it is not a valid description, or its process is gone. */
async function read(path: string): Promise<LabDescription | null> {
  try {
    const status = await lstat(path)
    // Reading a pipe might never end, and a link may lead anywhere.
    if (!status.isFile() || status.size > MAX_BYTES) return null
    const parsed = LabDescription.safeParse(parseJson(await readFile(path, 'utf8')))
    return parsed.success && isOurLiveProcess(parsed.data.processId) ? parsed.data : null
  } catch {
    return null
  }
}
