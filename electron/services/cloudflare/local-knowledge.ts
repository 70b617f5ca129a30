import type { LocalKnowledge } from '#electron/cloudflare/status'
import type { Database } from '#electron/database/database'
import { certificateMd5 } from '#electron/pki/x509/read'
import { allRows } from '#shared/logic/all-rows'
import type { Host } from '#shared/model/host'

export const nothingKnown: LocalKnowledge = { issuers: new Map(), lastTests: new Map() }

/** The issuers here, and the latest test of each hostname: of real sites, or of the practice site. */
export async function readLocalKnowledge(
  database: Pick<Database, 'authorities' | 'hosts'>,
  isPractice = false,
): Promise<LocalKnowledge> {
  const authorities = await database.authorities.list()
  const { rows } = await allRows((page) => database.hosts.list({ ...page, search: '' }))
  const tested = rows.filter(({ practice }) => practice === isPractice).sort(byLastTest)
  return {
    issuers: new Map(authorities.map(({ der, name }) => [certificateMd5(der), name])),
    lastTests: new Map(tested.map((host) => [host.hostname.toLowerCase(), lastTestOf(host)])),
  }
}

/** The latest one last, so that it is the one that stays. */
const byLastTest = (one: Host, other: Host) => (one.lastTestAt ?? '').localeCompare(other.lastTestAt ?? '')

function lastTestOf({ lastTestAt: at, lastTestGood: good, lastSentence: sentence }: Host) {
  return at === null || good === null || sentence === null ? null : { at, good, sentence }
}

/** Of issuers that are ours, and of those that came with certificates. */
export async function readIssuerCertificates(
  database: Pick<Database, 'authorities' | 'certificates'>,
): Promise<Uint8Array[]> {
  const [own, others] = await Promise.all([database.authorities.list(), database.certificates.authorities()])
  return [...own, ...others].map(({ der }) => der)
}
