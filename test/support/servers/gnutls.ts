import { programOf } from './packages'
import { bothVersions, launch, openServerFolder, type RunningServer, type ServerOptions } from './server'

interface GnutlsOptions extends ServerOptions {
  /** Sends back what it is sent, instead of a page. */
  repeats?: true
}

/** `gnutls-serv --http`. It has no option for an address, so it listens on all of them for as long as a test takes. */
export async function startGnutls(options: GnutlsOptions): Promise<RunningServer> {
  const program = await programOf('usr/bin/gnutls-serv')
  const workshop = await openServerFolder(options)
  const { clientAuth, crl, protocols = bothVersions } = options
  const versions = protocols.map((version) => `:+VERS-${version.replace('v', '').replace(/S1$/u, 'S1.0')}`)
  const { port, stop } = await launch({
    program,
    workshop,
    args: (port) => [
      options.repeats === true ? '--echo' : '--http',
      '--quiet',
      `--port=${port}`,
      `--priority=NORMAL:-VERS-ALL${versions.join('')}`,
      `--x509keyfile=${workshop.path('key.pem')}`,
      `--x509certfile=${workshop.path('chain.pem')}`,
      ...(clientAuth === 'none' ? ['--disable-client-cert'] : [`--x509cafile=${workshop.path('client-ca.pem')}`]),
      ...(clientAuth === 'required' ? ['--require-client-cert', '--verify-client-cert'] : []),
      ...(crl === undefined ? [] : [`--x509crlfile=${workshop.path('crl.pem')}`]),
    ],
  })
  return { port, rootPem: options.identity.root, stop }
}
