import { AppError } from '#shared/errors'
import { type Destination, destinationFacts, type KeyProtection } from '#shared/model/convert'
import type { PathReason } from '#shared/model/path'
import { openFile } from '../containers/open'
import { namingFile, wholeFile, wipeKeys } from '../containers/opened'
import { type Chosen, choose } from './choose'
import { type OutputFile, writeFor } from './write'

export type { Chosen } from './choose'
export type { OutputFile } from './write'

export interface ConvertInput {
  files: { name: string; bytes: Uint8Array }[]
  /** Opens them. */
  password: string | null
  destination: Destination
  /** See `choose`. */
  pick: string | null
  protection: KeyProtection
  /** When its issuers should be valid, if there are several certificates of one. */
  at: Date
}

export interface ConvertOutput {
  /** DER of the certificate that was taken; null for a key alone. */
  certificate: Uint8Array | null
  issuers: number
  /** Issuers that are outside their dates; there were no others. */
  outdated: PathReason[]
  files: OutputFile[]
}

/**
 * Files of any format → what a destination reads. Private keys are wiped here once they are written. Opening and writing
 * take as long as key derivation takes: run it in a job. Errors: those of `openFile`, `choose` and `writeFor`.
 */
export async function convertFiles({
  files,
  password,
  destination,
  pick,
  protection,
  at,
}: ConvertInput): Promise<ConvertOutput> {
  const opened = await Promise.all(files.map((file) => namingFile(file.name, () => openFile({ ...file, password }))))
  try {
    const chosen = await choose(opened.map(wholeFile), destinationFacts[destination].needs, pick, at)
    const written = writeFor(destination, chosen, protection)
    const { certificate, chain, outdated } = chosen
    return { certificate, issuers: chain.length, outdated, files: written }
  } finally {
    opened.forEach(wipeKeys)
  }
}

export interface IdentityInput extends Pick<ConvertInput, 'files' | 'password' | 'pick' | 'at'> {}

/** A certificate with its key: DER, PKCS#8, and its issuers, nearest first. */
export interface ChosenIdentity extends Pick<Chosen, 'chain'> {
  pkcs8: Uint8Array
  certificate: Uint8Array
}

/**
 * The one certificate among these files that comes with its key, for use right away. The other keys are wiped here. Errors:
 * those of `openFile` and `choose`.
 */
export async function chooseIdentity({ files, password, pick, at }: IdentityInput): Promise<ChosenIdentity> {
  const opened = await Promise.all(files.map((file) => namingFile(file.name, () => openFile({ ...file, password }))))
  try {
    const { pkcs8, certificate, chain } = await choose(opened.map(wholeFile), 'both', pick, at)
    if (pkcs8 === null || certificate === null) throw new AppError('private-key-missing')
    return { pkcs8: Uint8Array.from(pkcs8), certificate, chain }
  } finally {
    opened.forEach(wipeKeys)
  }
}

export interface WriteInput {
  chosen: Chosen
  destination: Destination
  protection: KeyProtection
}

/** The same for a key and certificate that are at hand. The key is wiped here once it is written. Errors: those of `writeFor`. */
export async function writeFiles({ chosen, destination, protection }: WriteInput): Promise<OutputFile[]> {
  try {
    return writeFor(destination, chosen, protection)
  } finally {
    chosen.pkcs8?.fill(0)
  }
}
