import { isAppError } from '#shared/errors'
import { encodePem, pemBytes, splitPem } from '../containers/pem'

/** A certificate (DER) as text. */
export const certificatePem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)

/** Every certificate in a text such as a tool's output or a bundle of roots, DER, in order; damaged blocks are left out. */
export function certificatesIn(text: string): Uint8Array[] {
  return splitPem(text).flatMap((block) => {
    if (block.label !== 'CERTIFICATE') return []
    try {
      return [pemBytes(block)]
    } catch (error) {
      if (!isAppError(error)) throw error
      return []
    }
  })
}
