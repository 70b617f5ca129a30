import { readConfig } from '#electron/cfssl/config'
import { configFileFor, csrFileFor } from '#electron/cfssl/export'
import type { CfsslWarning } from '#electron/cfssl/files'
import { type ConfigFile, CsrFile, keyAlgorithmOf, parseFile } from '#electron/cfssl/files'
import { type Generated, generateAuthority, generateCertificate } from '#electron/cfssl/generate'
import { defaultConfig, profileOf } from '#electron/cfssl/profile'
import { type RemoteSigner, remoteInfo, remoteSign } from '#electron/cfssl/remote'
import { readSerials, type SerialSpelling } from '#electron/cfssl/serials'
import {
  type NameDifference,
  nameDifference,
  namesOfRequest,
  onlyCertificate,
  signedCertificate,
} from '#electron/cfssl/signed'
import type { Jobs } from '#electron/jobs/jobs'
import type { Issuer } from '#electron/pki/authority/issuer'
import { wipeKeys } from '#electron/pki/containers/opened'
import { encodePem } from '#electron/pki/containers/pem'
import { readRequest } from '#electron/pki/request'
import { certificatePem } from '#electron/pki/x509/pem'
import { certificateKey } from '#electron/pki/x509/read'
import type { Clock } from '#electron/platform/clock'
import type { IncomingFile } from '#electron/platform/incoming-file'
import { AppError } from '#shared/errors'
import { DAY_MS } from '#shared/logic/day'
import { defaultDays } from '#shared/model/authority'
import { openFile } from './open-file'

/** Certificate and key of the signer, in any format; `password` opens the key. */
export interface IssuerFiles {
  certificate: IncomingFile
  key: IncomingFile
  password: string | null
}

/** What `cfssl gencert` prints and `cfssljson -bare` writes; PEM, keys as PKCS#8. */
export interface GeneratedFiles {
  certificate: string
  request: string
  key: string
  warnings: CfsslWarning[]
}

/** cfssl's own files, obeyed as cfssl obeys them, with its traps named. Nothing is kept here. */
export function createCfssl({ jobs, clock }: { jobs: Jobs; clock: Clock }) {
  async function issuerFrom({ certificate, key, password }: IssuerFiles): Promise<Issuer> {
    const [opened, openedKey] = await Promise.all([
      openFile(jobs, certificate, password),
      openFile(jobs, key, password),
    ])
    try {
      const [pair] = openedKey.keys
      if (pair === undefined) throw new AppError('nothing-usable', `${key.name} holds no private key.`)
      const own = opened.certificates.find(({ der }) => Buffer.compare(certificateKey(der), pair.spki) === 0)
      if (own === undefined) throw new AppError('no-matching-key', `${key.name} is not the key of ${certificate.name}.`)
      return { issuerCertificate: own.der, issuerKey: Uint8Array.from(pair.pkcs8) }
    } finally {
      wipeKeys(opened)
      wipeKeys(openedKey)
    }
  }

  /** `gencert -initca`, or under an issuer and a profile of `config` (null: cfssl's defaults; profile null: the default one). */
  async function gencert(
    csr: IncomingFile,
    signing: { issuer: IssuerFiles; config: IncomingFile | null; profile: string | null } | null,
  ): Promise<GeneratedFiles> {
    const file = parseFile(CsrFile, csr.name, csr.bytes)
    const chosen = signing === null ? null : profileOf(configFrom(signing.config), signing.profile)
    const issuer = signing === null ? null : await issuerFrom(signing.issuer)
    const key = await jobs.run('generate-key', { algorithm: keyAlgorithmOf(file.key) })
    try {
      const made =
        chosen === null || issuer === null
          ? await generateAuthority(file, key, clock.now())
          : await generateCertificate(file, key, { issuer, profile: chosen.profile, now: clock.now() })
      return asFiles(made, key.pkcs8, chosen?.warnings ?? [])
    } finally {
      key.pkcs8.fill(0)
      issuer?.issuerKey.fill(0)
    }
  }

  /** `gencrl`: DER. Lifetime in days; cfssl's own default is one week. */
  async function gencrl(
    serialsFile: IncomingFile,
    files: IssuerFiles,
    { spelling, days }: { spelling: SerialSpelling | null; days: number },
  ): Promise<{ der: Uint8Array; serials: string[]; warnings: CfsslWarning[] }> {
    const { serials, warnings } = readSerials(Buffer.from(serialsFile.bytes).toString('utf8'), spelling)
    const issuer = await issuerFrom(files)
    const now = clock.now()
    const revoked = serials.map((serial) => ({ serial, at: now, reason: 'unspecified' as const }))
    try {
      // Without a record of earlier lists, the time is the only number that always grows (RFC 5280 §5.2.3).
      const nextUpdate = new Date(now.getTime() + days * DAY_MS)
      const number = BigInt(Math.floor(now.getTime() / 1000))
      const { der } = await jobs.run('write-crl', { issuer, revoked, number, now, thisUpdate: now, nextUpdate })
      return { der, serials, warnings }
    } finally {
      issuer.issuerKey.fill(0)
    }
  }

  /**
   * A running `cfssl serve` signs a request; what it returns is only believed when it fits. PEM, the signer's own behind it.
   * cfssl decides on the names; where they are not those of the request, that is said.
   */
  async function signRemotely(
    requestFile: IncomingFile,
    signer: RemoteSigner,
  ): Promise<{ pem: string; warnings: CfsslWarning[] }> {
    const { requests } = await openFile(jobs, requestFile, null)
    const [request] = requests
    if (request === undefined) throw new AppError('nothing-usable', `${requestFile.name} holds no request (CSR).`)
    const { certificate: issuerPem } = await remoteInfo(signer)
    const issuer = onlyCertificate(issuerPem)
    const { spki } = await readRequest(request)
    const signed = await remoteSign(signer, encodePem('CERTIFICATE REQUEST', request), null)
    const leaf = signedCertificate(signed, { issuer, spki, names: null })
    const pem = certificatePem(leaf) + certificatePem(issuer)
    return { pem, warnings: otherNames(nameDifference(leaf, namesOfRequest(request))) }
  }

  /** The files with which cfssl would make the like of a certificate or request. */
  async function exportFiles({ name, bytes }: IncomingFile): Promise<{ csr: string; config: string }> {
    const { objects, failures } = await jobs.run('inspect-file', { name, bytes, password: null })
    const model = objects.find(({ kind }) => kind === 'certificate' || kind === 'request')
    if (model !== undefined) return { csr: csrFileFor(model), config: configFileFor(defaultDays.client) }
    const [failure] = failures
    throw new AppError(failure?.code ?? 'nothing-usable', failure?.detail ?? `${name} holds no certificate or request.`)
  }

  return { gencert, gencrl, signRemotely, exportFiles }
}

function otherNames({ missing, added }: NameDifference): CfsslWarning[] {
  const sentences = [
    ...(missing.length === 0 ? [] : [`The signer left out of the request’s names: ${missing.join(', ')}.`]),
    ...(added.length === 0 ? [] : [`The signer wrote names that the request does not have: ${added.join(', ')}.`]),
  ]
  return sentences.map((sentence) => ({ code: 'other-names', sentence }))
}

const configFrom = (file: IncomingFile | null): ConfigFile =>
  file === null ? defaultConfig : readConfig(file.name, file.bytes)

const asFiles = (made: Generated, pkcs8: Uint8Array, warnings: CfsslWarning[]): GeneratedFiles => ({
  certificate: certificatePem(made.certificate),
  request: encodePem('CERTIFICATE REQUEST', made.request),
  key: encodePem('PRIVATE KEY', pkcs8),
  warnings: [...warnings, ...made.warnings],
})
