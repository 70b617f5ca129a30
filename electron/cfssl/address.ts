import { AppError } from '#shared/errors'
import { isThisMachine } from '#shared/logic/address'

/**
 * The address of a `cfssl serve`: `http://127.0.0.1:8888`; a path is left out. An authentication key over plain http to
 * another machine would be no secret, and the answer could be anybody's, so that has to be insisted on. Errors: `invalid-input`.
 */
export function signerAddress(text: string, plainHttp: boolean): URL {
  const url = parsed(text)
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new AppError('invalid-input', 'The address of a signer looks like http://127.0.0.1:8888.')
  if (url.protocol === 'http:' && !isThisMachine(url.hostname) && !plainHttp)
    throw new AppError('invalid-input', 'Plain http to another machine can be read and changed on the way: use https.')
  return new URL(url.origin)
}

function parsed(text: string): URL | null {
  try {
    return new URL(text.trim())
  } catch {
    return null
  }
}
