import type { AuthorityId } from '#shared/model/ids'
import { createArchiver } from './archive'
import { createAuthorityCreator } from './create'
import { createCrls } from './crl'
import { createAuthorityDeleter } from './delete'
import { createAuthorityExporter } from './export'
import { createAuthorityImporter } from './import'
import { createIdentityIssuer, createRequestIssuer } from './issue'
import { createKeyMaker, type KeyForOtherPorts } from './key-for-other'
import { createAuthorityKeys } from './keys'
import { createLists } from './list'
import { createAuthorityRebuilder } from './rebuild'
import { createRenewer } from './renew'
import { createExternalRevoker, createRevoker } from './revoke'
import { createLastCrlSettler } from './settle-last-crl'
import { createSign } from './sign'
import { createSigners } from './signers'
import { createTemplates } from './templates'
import { createUnlockedKey } from './unlocked-key'

/** The administrator's half: issuers (CAs), what they issue, and what they take back. */
export function createAuthorities(ports: KeyForOtherPorts) {
  const unlocked = createUnlockedKey({ ...ports, later: systemLater })
  const keys = createAuthorityKeys(ports, unlocked)
  const making = createAuthorityCreator(ports, keys)
  const importing = createAuthorityImporter(ports, keys)
  const signers = createSigners(ports, keys)
  const sign = createSign(ports, keys, signers)
  const issuing = createRequestIssuer(ports, keys, sign, unlocked)
  const crls = createCrls(ports, keys)
  const others = createExternalRevoker(ports)
  const renewing = createRenewer(ports, keys)
  const deleting = createAuthorityDeleter(ports, keys)
  const revoking = createRevoker(ports)

  async function setPassphrase(id: AuthorityId, current: string, passphrase: string): Promise<void> {
    await keys.setPassphrase(id, current, passphrase)
    const { name } = await keys.get(id)
    const at = ports.clock.now().toISOString()
    const sentence = 'Its key has a new passphrase.'
    await ports.database.activity.append({
      at,
      kind: 'issuer-passphrase-set',
      about: name,
      sentence,
      thing: { issuer: id },
    })
    ports.changed('activity')
  }

  return {
    ...createLists(ports, keys),
    create: making.create,
    rollOver: making.rollOver,
    import: importing.importFiles,
    rebuild: createAuthorityRebuilder(ports, keys, importing),
    connect: signers.connect,
    settleLastCrl: createLastCrlSettler(ports, keys),
    setPassphrase,
    export: createAuthorityExporter(ports, keys),
    archive: createArchiver(ports, keys),
    deletion: deleting.deletion,
    delete: deleting.remove,
    keepCertificates: keys.keepCertificates,
    readRequests: issuing.read,
    issue: issuing.issue,
    unlock: issuing.unlock,
    keysForOthers: createKeyMaker(ports, keys),
    unlocked: () => ({ offered: unlocked.staysUnlocked, key: unlocked.state() }),
    /** It is over with the batch, or with the person at this computer. */
    forgetKey: unlocked.forget,
    noteIdle: unlocked.noteIdle,
    templates: createTemplates(ports, keys),
    issueToIdentity: createIdentityIssuer(ports, keys, sign),
    renew: renewing.one,
    renewSeveral: renewing.several,
    revoke: revoking.one,
    revokeSeveral: revoking.several,
    readRevocableFiles: others.readFiles,
    readRevocableSerial: others.readSerial,
    revokeOther: others.revoke,
    writeCrl: crls.write,
    crlFile: crls.file,
  }
}

/** The process may end before it. */
function systemLater(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds)
  timer.unref()
  return () => clearTimeout(timer)
}
