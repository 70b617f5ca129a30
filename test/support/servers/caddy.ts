import { programOf } from './packages'
import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions, welcome } from './server'

interface CaddyOptions extends Omit<ServerOptions, 'crl'> {
  /** Takes any certificate, whoever issued it. */
  takesAny?: true
}

/** Go's TLS. Caddy has no option for revocation lists. */
export async function startCaddy(options: CaddyOptions): Promise<RunningServer> {
  const program = await programOf('usr/bin/caddy')
  const workshop = await openServerFolder(options)
  const { port, stop } = await launch({
    program,
    workshop,
    async args(port) {
      await workshop.write('Caddyfile', configuration(workshop.folder, port, options))
      return ['run', '--config', workshop.path('Caddyfile'), '--adapter', 'caddyfile']
    },
  })
  return { port, rootPem: options.identity.root, stop }
}

function configuration(folder: string, port: number, options: CaddyOptions): string {
  const { clientAuth, protocols = bothVersions, takesAny = false } = options
  const [insisting, asking] = takesAny ? ['require', 'request'] : ['require_and_verify', 'verify_if_given']
  const mode = clientAuth === 'required' ? insisting : asking
  const verify = `client_auth {
      mode ${mode}
      trusted_ca_cert_file ${folder}/client-ca.pem
    }`
  const names = protocols.map((version) => version.toLowerCase().replace('v', ''))
  return `
{
  admin off
  auto_https off
  storage file_system ${folder}/storage
}
https://:${port} {
  bind 127.0.0.1
  tls ${folder}/chain.pem ${folder}/key.pem {
    protocols ${names[0]} ${names.at(-1)}
    ${clientAuth === 'none' ? '' : verify}
  }
  ${clientAuth === 'optional' ? '@stranger expression {http.request.tls.client.fingerprint} == null\n  respond @stranger "Forbidden" 403' : ''}
  respond "${welcome}"
}
`
}
