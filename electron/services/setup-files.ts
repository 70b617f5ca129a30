import type { Database } from '#electron/database/database'
import { generateSetupKey, readSetupFile, setupKeyOf, setupLink, writeSetupFile } from '#electron/pki/setup-file'
import type { Clock } from '#electron/platform/clock'
import type { Vault } from '#electron/vault/vault'
import { AppError } from '#shared/errors'
import { formatAddress, parseAddress } from '#shared/logic/address'
import { countOf } from '#shared/logic/formatting'
import { quoted } from '#shared/logic/isolate'
import type { Sha256 } from '#shared/model/ids'
import type { KeyCode } from '#shared/model/key'
import {
  type MadeSetup,
  SetupContent,
  type SetupDraft,
  type SetupKey,
  type SetupReview,
  type SetupStanding,
} from '#shared/model/setup-file'
import type { Changed } from './changes'
import type { createHosts } from './hosts'
import type { Operations } from './operations'
import { requireUnlocked } from './require-unlocked'
import { createComparedKeys, SETUP_KEY_ID } from './setup-keys'

export interface SetupFilesPorts {
  vault: Vault
  database: Pick<Database, 'activity'>
  hosts: Pick<ReturnType<typeof createHosts>, 'addresses' | 'add'>
  /** One process at a time. */
  exclusively: Operations['exclusively']
  /**
   * The one key that may sign set-up files on this computer, by its fingerprint; null where nobody has pinned one. Fails where
   * set-up files are off altogether.
   */
  pinnedSetupKey(): Promise<Sha256 | null>
  clock: Clock
  changed: Changed
}

/** What an administrator gives to people, so that they need not type it. */
export function createSetupFiles(ports: SetupFilesPorts) {
  const { vault, database, hosts, pinnedSetupKey, exclusively, clock, changed } = ports
  const compared = createComparedKeys(ports)

  async function withKey<T>(use: (pkcs8: Uint8Array) => T): Promise<T> {
    await requireUnlocked(vault)
    if (!(await vault.has('setup-key', SETUP_KEY_ID))) await exclusively(makeKey)
    const pkcs8 = await vault.open('setup-key', SETUP_KEY_ID)
    try {
      return use(pkcs8)
    } finally {
      pkcs8.fill(0)
    }
  }

  /** Unless another process was faster by a moment. */
  async function makeKey(): Promise<void> {
    if (await vault.has('setup-key', SETUP_KEY_ID)) return
    const pkcs8 = await generateSetupKey()
    await vault.seal('setup-key', SETUP_KEY_ID, pkcs8).finally(() => pkcs8.fill(0))
    changed('vault')
  }

  const note = async (kind: 'setup-file-made' | 'setup-file-used', about: string, sentence: string) => {
    await database.activity.append({ at: clock.now().toISOString(), kind, about, sentence })
    changed('activity')
  }

  /** The key that signs here, which is made now where there is none. Errors: those of the vault. */
  const key = (): Promise<SetupKey> => withKey(setupKeyOf)

  /** Errors: `address-invalid`, `invalid-input`, those of the vault. */
  async function make(draft: SetupDraft): Promise<MadeSetup> {
    const content = contentFrom(draft, clock.now())
    const [file, signer] = await withKey((pkcs8) => [writeSetupFile(content, pkcs8), setupKeyOf(pkcs8)] as const)
    await note('setup-file-made', content.from, `A set-up file with ${countOf(content.sites.length, 'site')} was made.`)
    return { content, key: signer, text: Buffer.from(file).toString('utf8'), link: setupLink(file) }
  }

  async function standingOf({ sha256 }: SetupKey): Promise<SetupStanding> {
    const pinned = await pinnedSetupKey()
    if (pinned !== null && pinned !== sha256) throw new AppError('setup-other-key', `signed by ${sha256}`)
    if (pinned !== null) return 'policy'
    return (await compared.has(sha256)) ? 'compared' : 'unverified'
  }

  /**
   * What a file or a link says, and who signed it. Changes nothing. Errors: `setup-damaged`, `setup-too-new`,
   * `setup-not-allowed`, `setup-other-key`.
   */
  async function review(bytes: Uint8Array): Promise<SetupReview> {
    const { content, key: signer } = readSetupFile(bytes)
    const standing = await standingOf(signer)
    const listed = await hosts.addresses()
    return { content, key: signer, standing, known: content.sites.filter((site) => listed.has(site)) }
  }

  /**
   * Adds the sites that are not there yet; the request is for the caller to fill in. `code`: what the person has
   * compared with their administrator, for a key that is not verified; it is kept in the vault. Errors: as `review`,
   * `setup-unverified` where the code is missing or another one, and then those of the vault.
   */
  async function use(bytes: Uint8Array, code: KeyCode | null): Promise<SetupReview> {
    const reviewed = await review(bytes)
    const { content, key: signer, standing, known } = reviewed
    if (standing === 'unverified') {
      if (code !== signer.code) throw new AppError('setup-unverified', `signed by the key ${signer.code}`)
      await compared.add(signer.sha256)
    }
    const added = content.sites.filter((site) => !known.includes(site))
    for (const address of added) await hosts.add(address)
    const sentence = `The set-up file of ${quoted(content.from)} added ${countOf(added.length, 'site')}.`
    await note('setup-file-used', content.from, sentence)
    return reviewed
  }

  return { key, make, review, use }
}

/** Addresses as they are typed become those that are signed. */
function contentFrom(draft: SetupDraft, now: Date): SetupContent {
  const sites = draft.sites.map((typed) => {
    const parsed = parseAddress(typed)
    if (!parsed.ok) throw new AppError('address-invalid', `${typed}: ${parsed.reason}`)
    return formatAddress(parsed)
  })
  const content = SetupContent.safeParse({
    from: draft.from,
    madeAt: now.toISOString(),
    sites: [...new Set(sites)],
    commonName: draft.commonName,
    keyType: draft.keyType,
    contact: draft.contact,
    issuers: [...new Set(draft.issuers)],
  })
  if (content.success) return content.data
  const [first] = content.error.issues
  throw new AppError('invalid-input', `${first?.path.map(String).join('.') ?? ''}: ${first?.message ?? ''}`)
}
