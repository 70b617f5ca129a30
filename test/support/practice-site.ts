import { afterAll, beforeAll } from 'vitest'
import { noGate } from '#electron/lab/gate'
import { createLab, type RunningLab } from '#electron/lab/index'
import { encodePem } from '#electron/pki/containers/pem'
import { generateKey } from '#electron/pki/keys'
import { createRequest } from '#electron/pki/request'
import { systemClock } from '#electron/platform/clock'
import { systemRandom } from '#electron/platform/random'
import type { ProbeIdentity } from '#electron/probe/probe'
import { RequestDraft } from '#shared/model/identity'
import { identityFrom } from './probe'

interface PracticeSite {
  lab: RunningLab
  /** PEM, for “Ada”, signed by the site’s own issuer. */
  cert: string
  key: string
  identity: ProbeIdentity
}

/** A practice site for the tests of one file, with a client certificate of its own. */
export function practiceSite(): () => PracticeSite {
  let site: PracticeSite | null = null
  beforeAll(async () => {
    const lab = await createLab({ clock: systemClock, random: systemRandom, gate: noGate })()
    const pair = await generateKey('p-256')
    const draft = RequestDraft.parse({ subject: { commonName: 'Ada' } })
    const cert = encodePem('CERTIFICATE', await lab.issue(await createRequest(draft, pair.pkcs8)))
    const key = encodePem('PRIVATE KEY', pair.pkcs8)
    site = { lab, cert, key, identity: identityFrom(cert, key) }
  })
  afterAll(() => site?.lab.stop())
  return () => {
    if (site === null) throw new Error('The practice site has not started.')
    return site
  }
}
