import type { Jobs } from '#electron/jobs/jobs'
import type { Clock } from '#electron/platform/clock'
import { createCfssl } from './cfssl'
import { createConvert } from './convert'
import { createInspect } from './inspect'
import { createVerify } from './verify'

/** What works on files alone: no record and no key of ours is needed for it, nor a home folder. */
export function createFileServices(ports: { jobs: Jobs; clock: Clock }) {
  return {
    inspect: createInspect(ports),
    convert: createConvert(ports),
    cfssl: createCfssl(ports),
    verify: createVerify(ports),
  }
}

export type FileServices = ReturnType<typeof createFileServices>
