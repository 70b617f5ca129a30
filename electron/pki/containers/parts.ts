import { AppError, type ErrorCode, isAppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { spendParts } from './budget'
import { type DerKind, foreignFormat } from './classify'
import { addElement } from './contents'
import { decryptDekInfo } from './dek-info'
import { foreignBlock, foreignFile } from './foreign-formats'
import { isPasswordFailure } from './opened'
import { pemBytes } from './pem'
import { signedContent } from './pkcs7'
import { plainKey } from './private-keys'
import { attempt, attemptAsync, countParts, type Reading } from './reading'
import { labelKind } from './text/blocks'
import { beginsWithSequence, decodeText, looksBinary } from './text/decode'
import { readMail } from './text/mail'
import {
  type Budget,
  type EmbeddedFile,
  type EmbeddedMail,
  spend,
  type TextBlock,
  type UnwrapOptions,
  unwrapText,
} from './text/unwrap'

/** Where bytes come from: the file itself, or a part of it. */
interface Source {
  name: string
  /** Names the part in failures; empty for the file as a whole. */
  where: string
  /** How many wrappings were taken off before. */
  layer: number
  budget: Budget
}

/** Adds what a file or a file inside it holds, DER or text. Errors: those of `openFile`. */
export async function addBytes(reading: Reading, bytes: Uint8Array, source: Source): Promise<void> {
  if (beginsWithSequence(bytes)) return addDer(reading, bytes, source)
  const text = decodeText(bytes)
  if (text.trim() === '') throw new AppError('file-empty', source.name)
  if (await addText(reading, text, source)) return
  throw new AppError(
    'unsupported-format',
    foreignFormat(bytes, text) ?? foreignFile(bytes, text) ?? 'Neither PEM text nor a binary (DER) certificate file.',
  )
}

async function addDer(reading: Reading, bytes: Uint8Array, source: Source): Promise<void> {
  // A signed configuration profile or mail is about what is signed, not about who signed it.
  const signed = signedContent(bytes)
  if (signed !== null && !beginsWithSequence(signed) && !looksBinary(signed)) {
    const before = countParts(reading)
    await addText(reading, decodeText(signed), source)
    if (countParts(reading) > before) {
      reading.file.notes.push('The certificates of the signature around it were passed over.')
      return
    }
  }
  reading.file.format = formats[addElement(reading, bytes, source.where)]
}

/** Whether anything was found in the text, readable or not. */
async function addText(
  reading: Reading,
  text: string,
  { where, layer, budget }: Source,
  options: Pick<UnwrapOptions, 'withMails'> = {},
): Promise<boolean> {
  const { blocks, files, mails } = unwrapText(text, { where, layer, budget, ...options })
  const before = countParts(reading)
  spendParts(reading.budget, blocks.length)
  if (blocks.length > 0) reading.file.format = 'PEM'
  for (const [index, block] of blocks.entries()) {
    // In a file of many blocks a person needs to know which one it is about.
    const place = blocks.length === 1 ? block.where : placed(block.where, `Block ${index + 1}, “${block.label}”`)
    attempt(reading, place, () => addBlock(reading, block, place))
  }
  for (const file of files) await addEmbedded(reading, file, budget)
  let isMail = false
  for (const mail of mails) if (await addMail(reading, mail, budget)) isMail = true
  return isMail || blocks.length + files.length > 0 || countParts(reading) > before
}

function addBlock(reading: Reading, block: TextBlock, where: string): void {
  const foreign = foreignBlock(block.label)
  if (foreign !== null) throw new AppError('unsupported-format', foreign)
  const kind = labelKind(block.label)
  if (kind === 'readable') addReadable(reading, block, where)
  else if (kind === 'foreign' || !isReadAnyway(reading, block, where)) reading.foreignLabels.add(block.label)
}

/** Some programs write labels of their own around formats that are known. */
function isReadAnyway(reading: Reading, block: TextBlock, where: string): boolean {
  try {
    addElementOf(reading, block, where)
    return true
  } catch (error) {
    if (!isAppError(error) || isPasswordFailure(error)) throw error
    return false
  }
}

function addReadable(reading: Reading, block: TextBlock, where: string): void {
  const dekInfo = block.headers['DEK-Info']
  if (dekInfo !== undefined) {
    const plain = decryptDekInfo(dekInfo, pemBytes(block), reading.password)
    reading.file.keys.push({ ...plainKey(plain), label: null })
    return
  }
  addElementOf(reading, block, where)
}

function addElementOf(reading: Reading, block: TextBlock, where: string): void {
  const der = pemBytes(block)
  // Curve parameters stand before many EC keys and say nothing that the key does not say itself.
  if (block.label.endsWith('PARAMETERS')) reading.passedOver.push(block.label)
  else addElement(reading, der, where)
}

async function addEmbedded(reading: Reading, found: EmbeddedFile, budget: Budget): Promise<void> {
  const { kind, name, bytes, layer } = found
  if (kind !== 'payload') {
    const { format } = reading.file
    await attemptAsync(reading, found.where, () =>
      addBytes(reading, bytes, { name, where: found.where, layer, budget }),
    )
    if (kind === 'base64') reading.file.format = format
    return
  }
  const shown = shownName(name)
  const where = placed(found.where, `Payload ${shown}`)
  // The same lists with the password that the profile itself carries, if it does.
  const inside = { ...reading, password: found.password ?? reading.password }
  const { keys, certificates } = reading.file
  const [keysBefore, certificatesBefore] = [keys.length, certificates.length]
  await attemptAsync(inside, where, () => addBytes(inside, bytes, { name, where, layer, budget }))
  for (const one of [...keys.slice(keysBefore), ...certificates.slice(certificatesBefore)])
    one.label ??= neutralise(name)
  reading.file.format = 'Apple configuration profile'
}

/** Whether it is one, or holds anything although it only looks like one. */
async function addMail(reading: Reading, mail: EmbeddedMail, budget: Budget): Promise<boolean> {
  const { where, source, body: plain, layer } = mail
  const before = countParts(reading)
  const contents = await readMail(source)
  const isNew = () => countParts(reading) > before
  const place = { name: '', where, layer, budget }
  for (const body of contents?.bodies ?? []) {
    if (isNew()) break
    spend(budget, body.length)
    await addText(reading, body, place)
  }
  for (const { name, bytes, isSignature } of contents?.files ?? []) {
    if (isSignature && isNew()) continue
    spend(budget, bytes.length)
    const part = placed(where, `Attachment ${shownName(name)}`)
    await attemptAsync(reading, part, () => addAttachment(reading, bytes, { ...place, name, where: part }))
  }
  const isMail = isNew() || (contents?.files ?? []).length > 0
  if (isMail) reading.file.format = 'E-mail'
  return isNew() || (await addText(reading, plain, place, { withMails: false })) || isMail
}

/** Pictures and documents travel in the same mails and are no failures. */
const isSomethingElse: ReadonlySet<ErrorCode> = new Set(['unsupported-format', 'file-empty'])

async function addAttachment(reading: Reading, bytes: Uint8Array, source: Source): Promise<void> {
  try {
    await addBytes(reading, bytes, source)
  } catch (error) {
    if (!isAppError(error) || !isSomethingElse.has(error.code)) throw error
    reading.passedOver.push(`the attachment ${shownName(source.name)}`)
  }
}

const placed = (...parts: string[]) => parts.filter((part) => part !== '').join(', ')

/** Names in files are anybody's words. */
const shownName = (name: string) => `“${neutralise(name.slice(0, 100))}”`

const formats: Record<DerKind, string> = {
  certificate: 'DER certificate',
  request: 'DER request (CSR)',
  crl: 'DER CRL',
  pkcs12: 'PKCS#12',
  pkcs7: 'PKCS#7',
  'encrypted-key': 'encrypted PKCS#8 key',
  'private-key': 'DER private key',
  'public-key': 'DER public key',
  'rsa-public-key': 'DER public key',
  'dsa-public-key': 'DER public key',
  parameters: 'DER',
  'unsigned-certificate': 'DER',
  'ocsp-request': 'DER',
  'ocsp-response': 'DER',
}
