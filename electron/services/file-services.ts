import type { IncomingFile } from '#electron/platform/incoming-file'
import { onFirstUse } from '#electron/platform/on-first-use'
import { isAppError } from '#shared/errors'
import type { InspectedFile } from '#shared/model/details'
import { createCertificateReader } from './certificates-in-files'
import { nothingKnown } from './cloudflare/local-knowledge'
import type { CloudflarePorts } from './cloudflare/ports'
import { createConvert } from './convert'
import { createFileTest, type FileTestPorts } from './file-test'
import type { PolicyService } from './policy'
import { createVerify } from './verify'
import { accessWithin } from './within-policy'

interface Ports extends FileTestPorts {
  /** Records a bug that did not end the call. */
  onBug(error: unknown): void
  openCloudflare: CloudflarePorts['openApi']
  wait: CloudflarePorts['wait']
  policy: Pick<PolicyService, 'require'>
}

/** What works on files alone: no record and no key of ours is needed for it, nor a home folder. */
export function createFileServices(ports: Ports) {
  return {
    inspect: createInspect(ports),
    convert: createConvert(ports),
    cfssl: onFirstUse(async () => (await import('./cfssl')).createCfssl(ports)),
    verify: createVerify(ports),
    fileTest: createFileTest(ports),
    certificatesIn: createCertificateReader(ports),
    /** Uses a token that is passed in, and no records of this computer. */
    cloudflare: accessWithin(
      ports.policy,
      onFirstUse(async () =>
        (await import('./cloudflare')).createCloudflare({
          ...ports,
          openApi: ports.openCloudflare,
          openPractice: null,
          local: async () => nothingKnown,
          issuerCertificates: async () => [],
          stored: null,
          looks: null,
          readings: null,
          testCa: null,
        }),
      ),
    ),
  }
}

export type FileServices = ReturnType<typeof createFileServices>

/** What files are and hold, without filing anything. One unreadable file does not hide the others. */
export function createInspect({ jobs, onBug }: Pick<Ports, 'jobs' | 'onBug'>) {
  /** A bug that one file brings out is that file's line, and is recorded. */
  async function inspectOrSayWhy({ name, bytes }: IncomingFile, password: string | null): Promise<InspectedFile> {
    try {
      return await jobs.run('inspect-file', { name, bytes, password })
    } catch (error) {
      if (isAppError(error) && error.code !== 'internal') throw error
      onBug(error)
      return {
        name,
        format: null,
        objects: [],
        pairs: [],
        notes: [],
        failures: [{ where: '', code: 'internal', detail: null }],
      }
    }
  }

  return {
    all: (files: IncomingFile[], password: string | null): Promise<InspectedFile[]> =>
      Promise.all(files.map((file) => inspectOrSayWhy(file, password))),
    /** `signal` ends it: a file takes as long to open as its maker wished. */
    one: ({ name, bytes }: IncomingFile, password: string | null, signal: AbortSignal): Promise<InspectedFile> =>
      jobs.run('inspect-file', { name, bytes, password }, { signal }),
  }
}
