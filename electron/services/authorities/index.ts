import type { AuthorityId } from '#shared/model/ids'
import { createMaking } from './create'
import { createCrls } from './crl'
import { createImporting } from './import'
import { createIssuing } from './issue'
import { createIssuingHere } from './issue-to-identity'
import { createAuthorityKeys } from './keys'
import { createLists } from './list'
import type { AuthorityPorts } from './ports'
import { createRebuilding } from './rebuild'
import { createRenewing } from './renew'
import { createRevoking } from './revoke'
import { createRevokingOthers } from './revoke-other'
import { createSigning } from './sign'
import { createSigners } from './signers'

/** The administrator's half: issuers (CAs), what they issue, and what they take back. */
export function createAuthorities(ports: AuthorityPorts) {
  const keys = createAuthorityKeys(ports)
  const making = createMaking(ports, keys)
  const importing = createImporting(ports, keys)
  const signers = createSigners(ports, keys)
  const sign = createSigning(ports, keys, signers)
  const issuing = createIssuing(ports, keys, sign)
  const crls = createCrls(ports, keys)
  const others = createRevokingOthers(ports)

  async function setPassphrase(id: AuthorityId, current: string, passphrase: string): Promise<void> {
    await keys.setPassphrase(id, current, passphrase)
    const { name } = await keys.get(id)
    const at = ports.clock.now().toISOString()
    const sentence = 'Its key has a new passphrase.'
    await ports.database.activity.append({ at, kind: 'issuer-passphrase-set', about: name, sentence })
    ports.changed('activity')
  }

  return {
    ...createLists(ports, keys),
    create: making.create,
    rollOver: making.rollOver,
    import: importing.importFiles,
    rebuild: createRebuilding(ports, keys, importing),
    connect: signers.connect,
    setPassphrase,
    keepCertificates: keys.keepCertificates,
    readRequests: issuing.read,
    issue: issuing.issue,
    issueToIdentity: createIssuingHere(ports, keys, sign),
    renew: createRenewing(ports, keys),
    revoke: createRevoking(ports),
    readRevocableFiles: others.readFiles,
    readRevocableSerial: others.readSerial,
    revokeOther: others.revoke,
    writeCrl: crls.write,
    crlFile: crls.file,
  }
}

export type Authorities = ReturnType<typeof createAuthorities>
