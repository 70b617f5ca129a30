import { openWorkshop, walkThrough } from './openssl'

/** Somebody else's CA, run with somebody else's tool. All PEM. */
export interface CertificateSigner {
  sign(csr: string): Promise<string>
  /** What the CA sends along with the certificate. */
  issuersPem: string
  /** What goes to Access (and to nginx): every certificate of the CA. */
  chainPem: string
  remove(): Promise<void>
}

/** Root, intermediate and client as in Cloudflare's OpenSSL walkthrough; the leaf is X.509 v1. */
export async function opensslSigner(): Promise<CertificateSigner> {
  const walk = await walkThrough()
  return {
    sign: (csr) => walk.issue(csr),
    issuersPem: walk.intermediatePem,
    chainPem: walk.chainPem,
    remove: walk.remove,
  }
}

/** `ca-csr.json` of the walkthrough, with a smaller key, since tests have to be quick. */
const authorityRequest = {
  CN: 'Access Testing CA',
  key: { algo: 'rsa', size: 2048 },
  names: [{ C: 'US', L: 'Austin', O: 'Access Testing', OU: 'TX', ST: 'Texas' }],
}

/** `ca-config.json` of the walkthrough, to the letter. */
const authorityConfig = {
  signing: {
    default: { expiry: '8760h' },
    profiles: {
      server: { usages: ['signing', 'key encipherment', 'server auth'], expiry: '8760h' },
      client: { usages: ['signing', 'key encipherment', 'client auth'], expiry: '8760h' },
    },
  },
}

/** Cloudflare's cfssl walkthrough: a root that signs clients directly, with the profile `client`. */
export async function cfsslSigner(): Promise<CertificateSigner> {
  const workshop = await openWorkshop()
  await workshop.write('ca-csr.json', JSON.stringify(authorityRequest))
  await workshop.write('ca-config.json', JSON.stringify(authorityConfig))
  const bare = async (output: string) => cfsslAnswer(output)
  const authority = await bare(await workshop.run('cfssl', ['gencert', '-initca', 'ca-csr.json']))
  await workshop.write('ca.pem', authority.cert)
  await workshop.write('ca-key.pem', authority.key)
  return {
    issuersPem: '',
    chainPem: authority.cert,
    async sign(csr) {
      await workshop.write('client.csr', csr)
      const args = [
        'sign',
        '-ca=ca.pem',
        '-ca-key=ca-key.pem',
        '-config=ca-config.json',
        '-profile=client',
        'client.csr',
      ]
      return (await bare(await workshop.run('cfssl', args))).cert
    },
    remove: workshop.remove,
  }
}

/** cfssl answers in JSON, which `cfssljson -bare` would write to files. */
function cfsslAnswer(output: string): { cert: string; key: string } {
  const parsed: unknown = JSON.parse(output)
  const field = (name: string) =>
    typeof parsed === 'object' && parsed !== null ? String(Reflect.get(parsed, name) ?? '') : ''
  return { cert: field('cert'), key: field('key') }
}
