import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser'
import { AppError } from '#shared/errors'

/**
 * The value of a JSON file. JSON.parse decides, since cfssl is as strict; where it refuses, jsonc-parser says where, which
 * engines word differently or not at all. Errors: `invalid-input` with the line and the column of the first fault.
 */
export function readJson(name: string, bytes: Uint8Array): unknown {
  const text = Buffer.from(bytes)
    .toString('utf8')
    .replace(/^\ufeff/u, '')
  try {
    return JSON.parse(text)
  } catch {
    const errors: ParseError[] = []
    parse(text, errors, { disallowComments: true, allowTrailingComma: false })
    const [first] = errors
    if (first === undefined) throw new AppError('invalid-input', `${name} is not JSON.`)
    throw new AppError(
      'invalid-input',
      `${name}, ${placeOf(text, first.offset)}: ${words[printParseErrorCode(first.error)] ?? 'not JSON'}.`,
    )
  }
}

/** Both counted from 1, the column in characters. */
function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/u)
  return `line ${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`
}

const words: Partial<Record<string, string>> = {
  InvalidSymbol: 'this is not JSON here',
  InvalidNumberFormat: 'this is not a number',
  PropertyNameExpected: 'a field name in quotes is missing',
  ValueExpected: 'a value is missing',
  ColonExpected: 'a colon is missing',
  CommaExpected: 'a comma is missing before it',
  CloseBraceExpected: 'a closing brace is missing',
  CloseBracketExpected: 'a closing bracket is missing',
  EndOfFileExpected: 'something follows the end',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfComment: 'comments are not allowed',
  UnexpectedEndOfString: 'a string does not end',
  UnexpectedEndOfNumber: 'a number does not end',
  InvalidUnicode: 'an escape in a string is wrong',
  InvalidEscapeCharacter: 'an escape in a string is wrong',
  InvalidCharacter: 'a character in a string has to be escaped',
}
