import { certificateBlocks, encodePem } from '../containers/pem'

/** A certificate (DER) as text. */
export const certificatePem = (der: Uint8Array): string => encodePem('CERTIFICATE', der)

/** Every certificate in a text such as a tool's output or a bundle of roots, DER, in order; damaged blocks are left out. */
export const certificatesIn = (text: string): Uint8Array[] => certificateBlocks(text)
