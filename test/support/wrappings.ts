import type { Walkthrough } from './openssl'

/** What a CA returned, put by openssl into another wrapping. */
export async function converted(walk: Walkthrough, pem: string, args: string[]): Promise<Buffer> {
  await walk.write('in.pem', pem)
  await walk.openssl(...args, '-in', 'in.pem', '-out', 'out.bin')
  return walk.read('out.bin')
}

/** A leaf and the chain of the walkthrough as PKCS#7. */
export async function bundled(walk: Walkthrough, leaf: string, form: 'PEM' | 'DER'): Promise<Buffer> {
  await walk.write('leaf.pem', leaf)
  const files = ['-certfile', 'leaf.pem', '-certfile', 'ca-chain.pem', '-out', 'bundle.p7b']
  await walk.openssl('crl2pkcs7', '-nocrl', '-outform', form, ...files)
  return walk.read('bundle.p7b')
}
