import { isAcceptedSignature, isForgeable } from '../sign'

/** Which signatures and keys a path may use. Swap it for other services' rules. */
export interface AlgorithmPolicy {
  /** OID of a signature algorithm. */
  acceptsSignature(identifier: string): boolean
  /** What `describeKey` says: "RSA 2048", "EC P-256". */
  acceptsKey(description: string): boolean
  minimumRsaBits: number
}

/** Cloudflare's list ("Allowed signature algorithms" on its mutual TLS page); RSA keys below 2048 bits are forgeable. */
export const accessAlgorithms: AlgorithmPolicy = {
  acceptsSignature: isAcceptedSignature,
  acceptsKey: (description) => /^(RSA \d+|EC P-(256|384|521))$/u.test(description),
  minimumRsaBits: 2048,
}

/** Everything that the engine can check, except what can be forged. */
export const anyAlgorithms: AlgorithmPolicy = {
  acceptsSignature: (identifier) => !isForgeable(identifier),
  acceptsKey: () => true,
  minimumRsaBits: 1024,
}

/** Bits of an RSA key by its description; null for every other kind. */
export function rsaBits(description: string): number | null {
  const found = /^RSA(?:-PSS)? (\d+)$/u.exec(description)
  return found === null ? null : Number(found[1])
}
