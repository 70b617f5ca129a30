import { AppError } from '#shared/errors'
import { neutralise } from '#shared/logic/neutralise'
import { ifReadable } from '../der'
import { base64Fault, decodeBase64 } from './text/base64'
import { labelKind } from './text/blocks'
import { decodeText } from './text/decode'
import { newBudget, type TextBlock, unwrapText } from './text/unwrap'

/** RFC 7468: 64 characters a line, a newline at the end. */
export function encodePem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/gu) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}

/** The bytes in a block. Errors: `malformed` for a block without one of its boundaries or whose base64 cannot be read. */
export function pemBytes(block: TextBlock): Uint8Array {
  const { label, base64, missing } = block
  if (missing === 'end') throw new AppError('malformed', `The block “${label}” begins but does not end.`)
  if (missing === 'begin') throw new AppError('malformed', `The first line is missing: “-----BEGIN ${label}-----”.`)
  if (base64 === '') throw new AppError('malformed', `The block “${label}” is empty.`)
  const bytes = decodeBase64(base64)
  if (bytes === null) throw new AppError('malformed', `The block “${label}” is not base64${faultWords(block)}.`)
  return bytes
}

/** ": line 7, character 12 is “!”", counted as editors count. */
function faultWords({ lines, isInPlace }: TextBlock): string {
  const all = lines()
  const fault = base64Fault(all)
  if (fault === null) return ''
  const { line, at } = fault
  const character = String.fromCodePoint(line.text.codePointAt(at) ?? 0)
  const shown = neutralise(character)
  if (isInPlace) return `: line ${line.line + 1}, character ${line.column + at + 1} is “${shown}”`
  return `: line ${all.indexOf(line) + 1} of its text, character ${at + 1} is “${shown}”`
}

/**
 * The bytes of all blocks with their labels, for texts or files that must be whole; those of other programs are left out.
 * Errors: `malformed`, `too-large`.
 */
export function decodePem(source: string | Uint8Array): { label: string; der: Uint8Array }[] {
  const text = typeof source === 'string' ? source : decodeText(source)
  return unwrapText(text, { budget: newBudget(), withMails: false }).blocks.flatMap((block) => {
    const kind = labelKind(block.label)
    if (kind === 'foreign') return []
    if (kind === 'readable') return [{ label: block.label, der: pemBytes(block) }]
    const der = ifReadable(() => pemBytes(block))
    return der === null ? [] : [{ label: block.label, der }]
  })
}

/** Every certificate of a text in order; damaged blocks are left out. Errors: `too-large`. */
export function certificateBlocks(text: string): Uint8Array[] {
  return unwrapText(text, { budget: newBudget(), withMails: false }).blocks.flatMap((block) => {
    const der = block.label === 'CERTIFICATE' ? ifReadable(() => pemBytes(block)) : null
    return der === null ? [] : [der]
  })
}
