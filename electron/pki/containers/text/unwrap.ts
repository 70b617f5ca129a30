import { AppError } from '#shared/errors'
import { toDer } from '../../ber'
import { classify, type DerKind } from '../classify'
import { base64Runs, decodeBase64, removeBlanks } from './base64'
import { findBlocks, type PemBlock, type PlacedBlock } from './blocks'
import { beginsWithSequence, decodeText, looksBinary, plainCharacters } from './decode'
import { decodePercent, decodeQuotedPrintable, unescapeBackslashes, unquoteLines } from './escapes'
import { jsonTexts } from './json'
import { findMail } from './mail'
import { stripMarkup } from './markup'
import { payloadsIn } from './property-list'

/** As many wrappings are taken off, one inside the other. Nothing that was sent by accident has more. */
export const MAX_LAYERS = 8
/** Of everything that is decoded from one file. */
export const MAX_DECODED = 16 * 1024 * 1024

/** Counts what is decoded from one file, however it is nested. */
export interface Budget {
  left: number
}

export const newBudget = (): Budget => ({ left: MAX_DECODED })

/** Errors: `too-large` once more was decoded from a file than its certificates can need. */
export function spend(budget: Budget, size: number): void {
  budget.left -= size
  if (budget.left < 0) throw new AppError('too-large', 'Its contents are larger than 16 MiB when decoded.')
}

export interface TextBlock extends PemBlock {
  /** What it was found in; empty for the text as a whole. */
  where: string
  /** Whether the lines of the block have the numbers they have in the file. */
  isInPlace: boolean
}

/** A file in a text: base64 of DER, or the payload of a configuration profile. */
export interface EmbeddedFile {
  kind: 'base64' | 'all-base64' | 'payload'
  where: string
  name: string
  bytes: Uint8Array
  password: string | null
  layer: number
}

export interface EmbeddedMail {
  where: string
  source: string
  body: string
  layer: number
}

/** Everything that a text carries. Mails are left to the caller: they are read asynchronously. */
export interface TextContents {
  blocks: TextBlock[]
  files: EmbeddedFile[]
  mails: EmbeddedMail[]
}

export interface UnwrapOptions {
  budget: Budget
  /** How many wrappings were taken off before. */
  layer?: number
  where?: string
  /** False for callers that do not read mails, and for what turned out to be none. */
  withMails?: boolean
}

/**
 * Takes off what a text travels in, one layer at a time until nothing changes (JSON, percent-encoding, base64, markup,
 * quoting, quoted-printable), and returns the PEM blocks and files found then. Errors: `too-large`.
 */
export function unwrapText(text: string, options: UnwrapOptions): TextContents {
  const contents: TextContents = { blocks: [], files: [], mails: [] }
  const { budget, layer = 0, where = '', withMails = true } = options
  unwrap(text, { layer, where, budget, withMails, isInPlace: layer === 0 }, contents)
  return contents
}

interface Place extends Required<UnwrapOptions> {
  isInPlace: boolean
}

/** Each takes off one layer of its kind, or returns the text as it is. Those that show the structure of others come first. */
const peelers = [unquoteLines, stripMarkup, decodePercent, unescapeBackslashes, decodeQuotedPrintable]

function unwrap(text: string, place: Place, into: TextContents): void {
  let current = plainCharacters(text)
  let { layer, isInPlace } = place
  for (; layer < MAX_LAYERS; layer += 1) {
    const inside = { ...place, layer: layer + 1, isInPlace: false }
    if (takeStructured(current, inside, into)) return
    const next = peel(current)
    if (next === current) break
    current = plainCharacters(next)
    isInPlace = false
  }
  const blocks = findBlocks(current)
  into.blocks.push(...blocks.map((block) => ({ ...block, where: place.where, isInPlace })))
  if (layer < MAX_LAYERS) takeBase64(current, blocks, { ...place, layer: layer + 1, isInPlace: false }, into)
}

function peel(text: string): string {
  for (const peeler of peelers) {
    const next = peeler(text)
    if (next !== text) return next
  }
  return text
}

/** Formats that say where their parts begin and end. Their parts are read each by itself. */
function takeStructured(text: string, inside: Place, into: TextContents): boolean {
  const payloads = payloadsIn(text)
  for (const { name, bytes, password } of payloads) {
    spend(inside.budget, bytes.length)
    into.files.push({ kind: 'payload', where: inside.where, name, bytes, password, layer: inside.layer })
  }
  if (payloads.length > 0) return true
  const mail = inside.withMails ? findMail(text) : null
  if (mail !== null) {
    into.mails.push({ where: inside.where, source: mail.source, body: mail.body, layer: inside.layer })
    unwrap(mail.rest, { ...inside, withMails: false }, into)
    return true
  }
  const texts = jsonTexts(text)
  for (const one of texts ?? []) {
    spend(inside.budget, one.length)
    unwrap(one, inside, into)
  }
  return texts !== null
}

/** What embedded base64 is taken for a file. Signatures have the shape of numbers in a list, which RSA public keys have too. */
const embeddable = new Set<DerKind | null>([
  'certificate',
  'request',
  'crl',
  'pkcs12',
  'pkcs7',
  'encrypted-key',
  'private-key',
  'public-key',
])

function takeBase64(text: string, blocks: PlacedBlock[], inside: Place, into: TextContents): void {
  const whole = blocks.length === 0 ? removeBlanks(text) : ''
  if (whole.length >= 40) {
    const bytes = decodeBase64(whole)
    if (bytes !== null) {
      spend(inside.budget, bytes.length)
      const isDer = beginsWithSequence(bytes)
      if (isDer) into.files.push({ ...embedded(inside, inside.where, bytes), kind: 'all-base64' })
      if (isDer || takeText(bytes, inside, into)) return
    }
  }
  for (const { base64, key } of base64Runs(outside(text, blocks))) {
    const bytes = decodeBase64(base64)
    if (bytes === null) continue
    spend(inside.budget, bytes.length)
    const where = [inside.where, key].filter((part) => part !== '').join(', ')
    if (isEmbeddable(bytes)) into.files.push(embedded(inside, where, bytes))
    else takeText(bytes, { ...inside, where }, into)
  }
}

const embedded = ({ layer }: Place, where: string, bytes: Uint8Array): EmbeddedFile => ({
  kind: 'base64',
  where,
  name: '',
  bytes,
  password: null,
  layer,
})

/** Base64 of text, as in a Kubernetes Secret. */
function takeText(bytes: Uint8Array, inside: Place, into: TextContents): boolean {
  const text = decodeText(bytes)
  if (looksBinary(Buffer.from(text.slice(0, 4096)))) return false
  const before = sizeOf(into)
  unwrap(text, inside, into)
  return sizeOf(into) > before
}

const sizeOf = ({ blocks, files, mails }: TextContents) => blocks.length + files.length + mails.length

function isEmbeddable(bytes: Uint8Array): boolean {
  if (!beginsWithSequence(bytes)) return false
  try {
    return embeddable.has(classify(toDer(bytes)))
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}

/** The text without its PEM blocks, whose base64 is theirs. */
function outside(text: string, blocks: PlacedBlock[]): string {
  const parts: string[] = []
  let from = 0
  for (const { start, end } of blocks) {
    parts.push(text.slice(from, start))
    from = end
  }
  return [...parts, text.slice(from)].join('\n')
}
